/** x, y, z and light. */
const PARAMETERS = 4;

/** Keeps the matrix from being singular, whatever the unit of light. */
const LEAST_DIAGONAL = 1e-300;

/** From what Gauss-Newton steps of one point follow; what has not been explained includes its own light. */
export class NormalEquations {
  private readonly sums: Float64Array;

  /** @param sums the upper triangle of the matrix, row by row, the gradient, by how much the squares grow */
  constructor(sums: Float64Array) {
    this.sums = sums;
  }

  /** By how much the weighted squares of what is left fall with the point. */
  get explained(): number {
    return -this.sums[14]!;
  }

  /** The step (x, y, z, light) to where the squares would be least, were they a paraboloid (Levenberg 1944). */
  step(damping: number): Float64Array {
    const n = PARAMETERS;
    const a = this.matrix();
    const b = this.sums.slice(10, 14);
    for (let i = 0; i < n; i++)
      a[i * n + i] = Math.max(a[i * n + i]! * (1 + damping), LEAST_DIAGONAL);
    for (let k = 0; k < n; k++) {
      for (let i = k + 1; i < n; i++) {
        const factor = a[i * n + k]! / a[k * n + k]!;
        for (let j = k; j < n; j++) a[i * n + j] = a[i * n + j]! - factor * a[k * n + j]!;
        b[i] = b[i]! - factor * b[k]!;
      }
    }
    for (let k = n - 1; k >= 0; k--) {
      for (let j = k + 1; j < n; j++) b[k] = b[k]! - a[k * n + j]! * b[j]!;
      b[k] = b[k]! / a[k * n + k]!;
    }
    return b;
  }

  /** Of second derivatives by x, y, z and light, row-major, 4 x 4. */
  matrix(): Float64Array {
    const matrix = new Float64Array(PARAMETERS ** 2);
    let at = 0;
    for (let i = 0; i < PARAMETERS; i++) {
      for (let j = i; j < PARAMETERS; j++) {
        matrix[i * PARAMETERS + j] = matrix[j * PARAMETERS + i] = this.sums[at++]!;
      }
    }
    return matrix;
  }
}
