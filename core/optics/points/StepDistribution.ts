import { choleskyFactor, solveTransposed } from '#core/util/choleskyFactor';
import type { Random } from '#core/util/random';

/** x, y, z and light. */
const PARAMETERS = 4;

/** Makes any matrix positive, and steps a little shorter along what planes do not tell. */
const RIDGE = 0.05;

/** Normally distributed steps (x, y, z, light) that leave what a point explains about as it is. */
export class StepDistribution {
  private readonly scales: readonly number[];
  /** Of the matrix, scaled to ones in the diagonal. */
  private readonly factor: Float64Array;

  /**
   * @param matrix of normal equations, 4 x 4: the inverse of the covariance
   * @throws RangeError when it is none
   */
  constructor(matrix: Float64Array) {
    const n = PARAMETERS;
    const scales = Array.from({ length: n }, (_, i) => Math.sqrt(matrix[i * n + i]!) || 1);
    const scaled = matrix.map((value, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return value / (scales[i]! * scales[j]!) + (i === j ? RIDGE : 0);
    });
    this.scales = scales;
    const factor = choleskyFactor(scaled);
    if (!factor) throw new RangeError('The matrix is none of normal equations.');
    this.factor = factor;
  }

  /** @param length in standard deviations */
  draw(random: Random, length: number): Float64Array {
    const normal = Float64Array.from({ length: PARAMETERS }, () => length * random.normal());
    // The last is solved for first.
    return solveTransposed(this.factor, normal.reverse()).map(
      (value, i) => value / this.scales[i]!,
    );
  }
}
