import { medianOf } from './medianOf';

/** Standard deviation of a normal distribution over its median absolute deviation. */
const SIGMA_PER_MEDIAN = 1.4826;

/** The mask [1 -2 1] x [1 -2 1] multiplies the standard deviation of white noise by this. */
const MASK_NORM = 6;

/** No plane counts as cleaner than this share of its range. */
const LEAST_SHARE = 1e-4;

/**
 * Standard deviation of the white noise of a plane, by the median of a mask that smooth structure does not pass.
 *
 * @param plane row-major (y, x)
 * @see Immerkaer 1996, doi:10.1006/cviu.1996.0060
 */
export function noiseLevel(
  plane: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): number {
  const range =
    plane.reduce((a, b) => Math.max(a, b), -Infinity) -
    plane.reduce((a, b) => Math.min(a, b), Infinity);
  const least = LEAST_SHARE * range || 1;
  if (width < 3 || height < 3) return least;
  const magnitudes = new Float32Array((width - 2) * (height - 2));
  let at = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const second = (k: number): number => plane[k - 1]! - 2 * plane[k]! + plane[k + 1]!;
      magnitudes[at++] = Math.abs(second(i - width) - 2 * second(i) + second(i + width));
    }
  }
  return Math.max(least, (SIGMA_PER_MEDIAN * medianOf(magnitudes)) / MASK_NORM);
}
