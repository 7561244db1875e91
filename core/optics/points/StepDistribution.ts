import type { Random } from '#core/util/random';

/** x, y, z and light. */
const PARAMETERS = 4;

/** Makes any matrix positive, and steps a little shorter along what planes do not tell. */
const RIDGE = 0.05;

/** Normally distributed steps (x, y, z, light) that leave what a point explains about as it is. */
export class StepDistribution {
  private readonly scales: readonly number[];
  /** Lower triangle of the matrix, scaled to ones in the diagonal (Cholesky 1910). */
  private readonly triangle: Float64Array;

  /** @param matrix of normal equations, 4 x 4: the inverse of the covariance */
  constructor(matrix: Float64Array) {
    const n = PARAMETERS;
    const scales = Array.from({ length: n }, (_, i) => Math.sqrt(matrix[i * n + i]!) || 1);
    const l = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let rest = matrix[i * n + j]! / (scales[i]! * scales[j]!) + (i === j ? RIDGE : 0);
        for (let k = 0; k < j; k++) rest -= l[i * n + k]! * l[j * n + k]!;
        l[i * n + j] = i === j ? Math.sqrt(Math.max(rest, 1e-6)) : rest / l[j * n + j]!;
      }
    }
    this.scales = scales;
    this.triangle = l;
  }

  /** @param length in standard deviations */
  draw(random: Random, length: number): readonly [number, number, number, number] {
    const [n, l] = [PARAMETERS, this.triangle];
    const step: [number, number, number, number] = [0, 0, 0, 0];
    for (let i = n - 1; i >= 0; i--) {
      let rest = length * random.normal();
      for (let k = i + 1; k < n; k++) rest -= l[k * n + i]! * step[k]!;
      step[i] = rest / l[i * n + i]!;
    }
    for (let i = 0; i < n; i++) step[i] = step[i]! / this.scales[i]!;
    return step;
  }
}
