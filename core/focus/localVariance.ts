import { simdWorkspace } from '#core/util/simd/simdWorkspace';
import type { SharpnessRows } from './sharpnessRows';

/** Whole numbers up to the first are exact in single precision, up to the second in double precision. */
const LARGEST_SINGLE = 2 ** 24;
const LARGEST_DOUBLE = 2 ** 53;

/**
 * Variance of the values in a square window around each pixel. The sums run along with the window, so
 * that a wide one costs no more than a narrow one; values count as whole numbers of very small steps,
 * whose sums are exact, so that nothing is left behind by what the window has passed.
 *
 * @param width number of columns of the planes
 * @param height number of rows of the planes
 * @param windowPx side of the window in pixels, odd
 */
export function localVariance(width: number, height: number, windowPx: number): SharpnessRows {
  const radius = (windowPx - 1) / 2;
  const pixels = width * height;
  const { kernels, arrays } = simdWorkspace({
    // The kernel works on whole vectors.
    values: ['float32', pixels + 4],
    variances: ['float32', pixels],
    lines: ['float64', 2 * (width + 2 * radius + 2)],
  });
  const { values, variances, lines } = arrays;
  const count = windowPx * windowPx;
  const most = Math.min(LARGEST_SINGLE, Math.sqrt(LARGEST_DOUBLE / count));
  return ({ data }, take) => {
    const { middle, step } = stepsOf(data, most);
    values.values.set(data);
    kernels.toSteps(values.at, pixels, middle, 1 / step);
    lines.values.fill(0);
    const share = (step * step) / count;
    kernels.variance(values.at, variances.at, width, height, radius, share, lines.at);
    for (let y = 0; y < height; y++) take(variances.values.subarray(y * width, (y + 1) * width), y);
  };
}

/** The middle of the values, and a power of two in which they are at most `most` steps from there. */
function stepsOf(data: Float32Array, most: number): { middle: number; step: number } {
  let least = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < data.length; i++) {
    if (data[i] < least) least = data[i];
    if (data[i] > largest) largest = data[i];
  }
  const middle = Math.round((least + largest) / 2);
  const reach = Math.max(largest - middle, middle - least);
  return { middle, step: reach > 0 ? 2 ** Math.ceil(Math.log2(reach / most)) : 1 };
}
