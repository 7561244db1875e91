/** Share of the mean diagonal that is always added: directions that the image says nothing about stay put. */
const RIDGE = 1e-9;

/**
 * Solves (A + damping diag A + ridge) x = b by Cholesky factorisation.
 *
 * @param matrix symmetric n x n, row-major; not changed
 * @returns x, or `null` when the damped matrix is not positive definite
 */
export function solveDamped(
  matrix: Float64Array,
  right: Float64Array,
  damping: number,
): Float64Array | null {
  const n = right.length;
  const lower = matrix.slice();
  let ridge = 0;
  for (let k = 0; k < n; k++) ridge += (RIDGE * matrix[k * n + k]) / n;
  for (let k = 0; k < n; k++) lower[k * n + k] += damping * lower[k * n + k] + ridge;
  const x = right.slice();
  for (let row = 0; row < n; row++) {
    const scale = lower[row * n + row];
    for (let column = 0; column <= row; column++) {
      let sum = lower[row * n + column];
      for (let k = 0; k < column; k++) sum -= lower[row * n + k] * lower[column * n + k];
      if (column < row) lower[row * n + column] = sum / lower[column * n + column];
      else if (sum > scale * 1e-12) lower[row * n + row] = Math.sqrt(sum);
      else return null;
    }
    for (let k = 0; k < row; k++) x[row] -= lower[row * n + k] * x[k];
    x[row] /= lower[row * n + row];
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) x[row] -= lower[k * n + row] * x[k];
    x[row] /= lower[row * n + row];
  }
  return x;
}
