/**
 * The jackknife's variance of each number of a vector, from replicates that each left one group out.
 *
 * Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 11.
 */
export function tileVariance(replicates: readonly Float64Array[]): Float64Array {
  const count = replicates.length;
  const variance = new Float64Array(count > 0 ? replicates[0].length : 0);
  for (let k = 0; k < variance.length; k++) {
    let sum = 0;
    let squares = 0;
    for (const replicate of replicates) {
      sum += replicate[k];
      squares += replicate[k] * replicate[k];
    }
    variance[k] = ((count - 1) / count) * Math.max(0, squares - (sum * sum) / count);
  }
  return variance;
}
