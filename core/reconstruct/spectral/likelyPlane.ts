import { interpolatePlanes } from '#core/reconstruct/interpolatePlanes';
import type { SpectralInput, SpectralInterpolator } from './SpectralInterpolator';

/** One height in micrometres, or one for each pixel (y, x). */
type Heights = number | Float32Array;

/** A measured plane, flat or with relief. */
interface LikelyInput {
  readonly image: Float32Array;
  readonly zUm: Heights;
}

/**
 * The plane that spectral interpolation finds at a height or on a surface, row-major (y, x). A surface is filled
 * by linear interpolation between flat planes `stepUm` apart. Measured planes with relief have no common
 * spectrum: there it is linear interpolation, pixel by pixel.
 *
 * @param stepUm distance in micrometres over which planes change little
 */
export function likelyPlane(
  interpolator: SpectralInterpolator,
  inputs: readonly LikelyInput[],
  targetUm: Heights,
  stepUm: number,
): Float32Array<ArrayBuffer> {
  if (!areFlat(inputs)) return linearPlane(inputs, targetUm);
  if (typeof targetUm === 'number') return interpolator.planes(inputs, [targetUm])[0]!;
  const [lowest, highest] = rangeOf(targetUm);
  const plane = new Float32Array(targetUm.length);
  for (let level = 0; level === 0 || lowest + (level - 1) * stepUm < highest; level++) {
    const zUm = lowest + level * stepUm;
    const [flat] = interpolator.planes(inputs, [zUm]);
    for (let i = 0; i < plane.length; i++) {
      const share = 1 - Math.abs(targetUm[i]! - zUm) / stepUm;
      if (share > 0) plane[i]! += share * flat![i]!;
    }
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

function linearPlane(inputs: readonly LikelyInput[], targetUm: Heights): Float32Array<ArrayBuffer> {
  const at = (heights: Heights, i: number): number =>
    typeof heights === 'number' ? heights : heights[i]!;
  return Float32Array.from(inputs[0]!.image, (_, i) => {
    const samples = inputs.map(({ image }) => Float32Array.of(image[i]!));
    const zUm = inputs.map((input) => at(input.zUm, i));
    return interpolatePlanes(samples, zUm, at(targetUm, i), 'linear')[0]!;
  });
}
