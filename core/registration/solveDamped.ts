import { choleskyFactor, solveCholesky } from '#core/util/choleskyFactor';

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
  const damped = matrix.slice();
  let ridge = 0;
  for (let k = 0; k < n; k++) ridge += (RIDGE * matrix[k * n + k]) / n;
  for (let k = 0; k < n; k++) damped[k * n + k] += damping * damped[k * n + k] + ridge;
  const factor = choleskyFactor(damped);
  return factor && solveCholesky(factor, right);
}
