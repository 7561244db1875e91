import type { Calibration } from '#core/image/Calibration';
import type { StackShape } from '#core/image/ImageStack';

/** The calibration of a stack whose rows and columns were resampled from `from` to `to`: the field of view stays. */
export function scaledCalibration(
  calibration: Calibration,
  from: Pick<StackShape, 'x' | 'y'>,
  to: Pick<StackShape, 'x' | 'y'>,
): Calibration {
  const { x, y, z } = calibration.pixelSizeUm;
  return {
    ...calibration,
    pixelSizeUm: {
      x: x === null ? null : (x * from.x) / to.x,
      y: y === null ? null : (y * from.y) / to.y,
      z,
    },
  };
}
