import type { Calibration } from '#core/image/Calibration';

/** Which time points, channels and planes are taken, in their new order. */
export interface PickedIndices {
  readonly t: readonly number[];
  readonly c: readonly number[];
  readonly z: readonly number[];
}

/**
 * The calibration of some of the planes of a stack. Planes keep their heights, counted from the first
 * one that is taken: even steps are stated as a spacing, others one by one. A list that runs downwards
 * turns the z axis round, so that heights still rise. Uneven time points have no time step.
 */
export function pickedCalibration(calibration: Calibration, picked: PickedIndices): Calibration {
  const stride = evenStride(picked.t);
  const { timeStepS } = calibration;
  return {
    ...calibration,
    ...pickedHeights(calibration, picked.z),
    timeStepS: timeStepS === null || stride === null ? null : timeStepS * stride,
    channels: picked.c.map((c) => calibration.channels[c]),
  };
}

type Heights = Pick<Calibration, 'pixelSizeUm' | 'zPositionsUm'>;

function pickedHeights({ pixelSizeUm, zPositionsUm }: Calibration, z: readonly number[]): Heights {
  const stepped = (step: number | null): Heights => ({
    pixelSizeUm: { ...pixelSizeUm, z: step },
    zPositionsUm: null,
  });
  if (zPositionsUm === null) {
    const stride = evenStride(z);
    if (pixelSizeUm.z === null) return stepped(null);
    if (stride !== null) return stepped(roundToPicometre(pixelSizeUm.z * stride));
  }
  if (z.length === 1) return stepped(pixelSizeUm.z);
  if (z.every((plane, i) => plane === i) && z.length === zPositionsUm?.length) {
    return { pixelSizeUm, zPositionsUm };
  }
  const step = pixelSizeUm.z ?? 0;
  const heights = z.map((plane) => (zPositionsUm ? zPositionsUm[plane] : plane * step));
  const turned = heights.every((height, i) => i === 0 || height <= heights[i - 1]);
  const positions = heights.map((height) =>
    roundToPicometre(turned ? heights[0] - height : height - heights[0]),
  );
  const uniform = uniformStep(positions);
  if (uniform !== null) return stepped(uniform);
  const stated = zPositionsUm ? pixelSizeUm.z : null;
  return { pixelSizeUm: { ...pixelSizeUm, z: stated }, zPositionsUm: positions };
}

/** The distance from one number to the next when it is always the same, upwards or downwards. */
function evenStride(indices: readonly number[]): number | null {
  if (indices.length === 1) return 1;
  const stride = indices[1] - indices[0];
  if (stride === 0) return null;
  const even = indices.every((index, i) => index === indices[0] + i * stride);
  return even ? Math.abs(stride) : null;
}

function uniformStep(positions: readonly number[]): number | null {
  const step = positions[1] - positions[0];
  const even = positions.every((position, i) => Math.abs(position - i * step) <= 1e-6);
  return even && step > 0 ? step : null;
}

/** Differences carry rounding noise far below anything a stage can do. */
function roundToPicometre(lengthUm: number): number {
  return Math.round(lengthUm * 1e6) / 1e6;
}
