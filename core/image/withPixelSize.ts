import type { ImageStack } from './ImageStack';

/** Lengths that replace what the file states; `null` leaves them as they are. */
export interface StatedLengths {
  readonly pixelSizeUm: number | null;
  readonly zStepUm: number | null;
}

/** The stack with other lengths in micrometres; a plane spacing replaces positions that are not uniform. */
export function withPixelSize<T extends ImageStack>(stack: T, stated: StatedLengths): T {
  const { pixelSizeUm, zStepUm } = stated;
  if (pixelSizeUm === null && zStepUm === null) return stack;
  const { calibration } = stack;
  const { x, y, z } = calibration.pixelSizeUm;
  return {
    ...stack,
    calibration: {
      ...calibration,
      pixelSizeUm: { x: pixelSizeUm ?? x, y: pixelSizeUm ?? y, z: zStepUm ?? z },
      zPositionsUm: zStepUm === null ? calibration.zPositionsUm : null,
    },
  };
}
