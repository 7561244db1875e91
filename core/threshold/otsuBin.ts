/**
 * Otsu's method on a histogram: the bin that splits it into two groups whose means lie farthest apart,
 * weighted by their sizes. As in ImageJ the first bin never is the answer, and of equal answers (bins
 * inside a gap) the last is taken.
 *
 * @param counts bin counts, at least one above 0
 * @returns the last bin of the background
 * @see Otsu N., IEEE Transactions on Systems, Man, and Cybernetics 9, 1979, doi:10.1109/TSMC.1979.4310076
 */
export function otsuBin(counts: Float64Array): number {
  let total = 0;
  let moment = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    total += counts[bin];
    moment += bin * counts[bin];
  }
  let below = counts[0];
  let momentBelow = 0;
  let best = 0;
  let largest = 0;
  for (let bin = 1; bin < counts.length - 1; bin++) {
    below += counts[bin];
    momentBelow += bin * counts[bin];
    const sizes = below * (total - below);
    const apart = (below / total) * moment - momentBelow;
    const variance = sizes === 0 ? 0 : (apart * apart) / sizes;
    if (variance >= largest) {
      largest = variance;
      best = bin;
    }
  }
  return best;
}
