/** Iterations stop when the threshold moves by no more than this, in bins. */
const TOLERANCE_BINS = 0.5;
const MAX_ITERATIONS = 10_000;

/**
 * Li's method on a histogram: the threshold of least cross-entropy between image and two-level image,
 * found by iteration from the mean. It depends on where bin 0 lies, since it takes logarithms of means.
 *
 * @param counts bin counts, at least one above 0
 * @returns the last bin of the background, or `null` when the iteration finds none
 * @see Li C. H., Lee C. K., Pattern Recognition 26, 1993, doi:10.1016/0031-3203(93)90115-D; Li C. H.,
 * Tam P. K. S., Pattern Recognition Letters 19, 1998, doi:10.1016/S0167-8655(98)00057-9
 */
export function liBin(counts: Float64Array): number | null {
  const size = cumulated(counts, false);
  const moment = cumulated(counts, true);
  const last = counts.length - 1;
  let next = moment[last] / size[last];
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const current = next;
    const bin = Math.min(last, Math.floor(current + 0.5));
    const sizeAbove = size[last] - size[bin];
    const below = size[bin] === 0 ? 0 : moment[bin] / size[bin];
    const above = sizeAbove === 0 ? 0 : (moment[last] - moment[bin]) / sizeAbove;
    const balance = (below - above) / (Math.log(below) - Math.log(above));
    if (Number.isNaN(balance)) return null;
    next = Math.floor(balance + 0.5);
    if (Math.abs(next - current) <= TOLERANCE_BINS) return bin;
  }
  return null;
}

function cumulated(counts: Float64Array, weighted: boolean): Float64Array {
  const sums = new Float64Array(counts.length);
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    sum += weighted ? bin * counts[bin] : counts[bin];
    sums[bin] = sum;
  }
  return sums;
}
