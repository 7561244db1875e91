/** Fraction of the pixels that is assumed to be background. */
const BACKGROUND_FRACTION = 0.5;

/**
 * Doyle's method on a histogram: the first bin at which the share of pixels up to it comes closest to
 * one half.
 *
 * @param counts bin counts, at least one above 0
 * @returns the last bin of the background
 * @see Doyle W., Journal of the Association for Computing Machinery 9, 1962, doi:10.1145/321119.321123
 */
export function percentileBin(counts: Float64Array): number {
  let total = 0;
  for (let bin = 0; bin < counts.length; bin++) total += counts[bin];
  let below = 0;
  let best = 0;
  let closest = 1;
  for (let bin = 0; bin < counts.length; bin++) {
    below += counts[bin];
    const distance = Math.abs(below / total - BACKGROUND_FRACTION);
    if (distance < closest) {
      closest = distance;
      best = bin;
    }
  }
  return best;
}
