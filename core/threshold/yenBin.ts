/**
 * Yen's method on a histogram: the bin of the largest entropic correlation of background and
 * foreground. There is none when one grey level holds so much that no split has a positive criterion.
 *
 * @param counts bin counts, at least one above 0
 * @returns the last bin of the background, or `null`
 * @see Yen J. C., Chang F. J., Chang S., IEEE Transactions on Image Processing 4, 1995,
 * doi:10.1109/83.366472
 */
export function yenBin(counts: Float64Array): number | null {
  let total = 0;
  for (let bin = 0; bin < counts.length; bin++) total += counts[bin];
  const squaresAbove = new Float64Array(counts.length);
  for (let bin = counts.length - 2; bin >= 0; bin--) {
    squaresAbove[bin] = squaresAbove[bin + 1] + (counts[bin + 1] / total) ** 2;
  }
  let share = 0;
  let squares = 0;
  let best: number | null = null;
  let largest = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const probability = counts[bin] / total;
    share += probability;
    squares += probability ** 2;
    const product = squares * squaresAbove[bin];
    const balance = share * (1 - share);
    const criterion =
      -(product > 0 ? Math.log(product) : 0) + 2 * (balance > 0 ? Math.log(balance) : 0);
    if (criterion > largest) {
      largest = criterion;
      best = bin;
    }
  }
  return best;
}
