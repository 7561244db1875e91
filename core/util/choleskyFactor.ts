/** What is left of a diagonal entry by rounding alone, as a share of it. */
const ROUNDING = 1e-12;

/**
 * Factor L of a symmetric positive definite matrix L L'.
 *
 * @param matrix row-major, of side n
 * @returns row-major, zero above the diagonal; null when the matrix is not positive definite
 */
export function choleskyFactor(matrix: Float64Array): Float64Array | null {
  const n = Math.sqrt(matrix.length);
  const factor = new Float64Array(matrix.length);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= factor[i * n + k]! * factor[j * n + k]!;
      if (i === j && !(rest > ROUNDING * matrix[i * n + i]!)) return null;
      factor[i * n + j] = i === j ? Math.sqrt(rest) : rest / factor[j * n + j]!;
    }
  }
  return factor;
}

/** Solves L L' x = b. */
export function solveCholesky(factor: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * n + k]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  return solveTransposed(factor, x);
}

/** Solves L' x = b: of independent standard normal numbers it makes some whose covariance is the inverse of L L'. */
export function solveTransposed(factor: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = right.slice();
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= factor[k * n + i]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  return x;
}
