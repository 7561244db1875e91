const { fround } = Math;

/**
 * Yen's method as scikit-image computes it, in 32 bits and without a bound on the criterion, so that
 * every histogram of two levels or more has an answer.
 *
 * @param counts bin counts, the first and the last above 0
 * @returns the last bin of the background
 * @see Yen J. C., Chang F. J., Chang S., IEEE Transactions on Image Processing 4, 1995,
 * doi:10.1109/83.366472
 */
export function scikitYenBin(counts: Float64Array): number {
  let total = 0;
  for (let bin = 0; bin < counts.length; bin++) total += counts[bin];
  const probability = Float32Array.from(counts, (count) => fround(count) / fround(total));
  const squaresFrom = new Float32Array(counts.length + 1);
  for (let bin = counts.length - 1; bin >= 0; bin--) {
    squaresFrom[bin] = squaresFrom[bin + 1] + fround(probability[bin] * probability[bin]);
  }
  let share = 0;
  let squares = 0;
  let best = 0;
  let largest = -Infinity;
  for (let bin = 0; bin < counts.length - 1; bin++) {
    share = fround(share + probability[bin]);
    squares = fround(squares + fround(probability[bin] * probability[bin]));
    const inverse = fround(1 / fround(squares * squaresFrom[bin + 1]));
    const balance = fround(share * fround(1 - share));
    const criterion = fround(Math.log(fround(inverse * fround(balance * balance))));
    if (criterion > largest) {
      largest = criterion;
      best = bin;
    }
  }
  return best;
}
