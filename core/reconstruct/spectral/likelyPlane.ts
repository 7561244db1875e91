import { readAhead } from '#core/util/readAhead';
import type { Heights, LikelyInput } from './linearPlane';
import type { SpectralInput } from './SpectralInterpolator';
import type { SpectralWork } from './spectralWork';

/** Makes flat planes of flat planes. */
export interface FlatInterpolator {
  plane(
    inputs: readonly SpectralInput[],
    targetUm: number,
    signal?: AbortSignal,
  ): Promise<Float32Array<ArrayBuffer>>;
}

/** What makes the flat planes, and what interpolates where they are not. */
interface Interpolation {
  readonly interpolator: FlatInterpolator;
  readonly work: Pick<SpectralWork, 'linearPlane'>;
  /** Distance in micrometres over which planes change little. */
  readonly stepUm: number;
}

/** Flat planes that are in the making while a surface is filled from them. */
const LEVELS_AHEAD = 2;

/**
 * The plane that an interpolation finds at a height or on a surface, row-major (y, x). A surface is filled
 * by linear interpolation between flat planes `stepUm` apart. Measured planes with relief have no common
 * spectrum: there it is linear interpolation, pixel by pixel.
 *
 * @throws AxialError CancelledError when the signal fires
 */
export async function likelyPlane(
  { interpolator, work, stepUm }: Interpolation,
  inputs: readonly LikelyInput[],
  targetUm: Heights,
  signal?: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  if (!areFlat(inputs)) return work.linearPlane({ inputs, targetUm }, signal);
  if (typeof targetUm === 'number') return interpolator.plane(inputs, targetUm, signal);
  const [lowest, highest] = rangeOf(targetUm);
  const levels = 1 + Math.ceil((highest - lowest) / stepUm);
  const plane = new Float32Array(targetUm.length);
  const flatPlanes = readAhead(levels, LEVELS_AHEAD, (level) =>
    interpolator.plane(inputs, lowest + level * stepUm, signal),
  );
  let zUm = lowest;
  for await (const flat of flatPlanes) {
    for (let i = 0; i < plane.length; i++) {
      const share = 1 - Math.abs(targetUm[i]! - zUm) / stepUm;
      if (share > 0) plane[i]! += share * flat[i]!;
    }
    zUm += stepUm;
  }
  return plane;
}

function areFlat(inputs: readonly LikelyInput[]): inputs is readonly SpectralInput[] {
  return inputs.every(({ zUm }) => typeof zUm === 'number');
}

function rangeOf(heights: Float32Array): [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const height of heights) {
    lowest = Math.min(lowest, height);
    highest = Math.max(highest, height);
  }
  return [lowest, highest];
}
