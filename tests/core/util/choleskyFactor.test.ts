import { describe, expect, it } from 'vitest';
import { choleskyFactor, solveCholesky } from '#core/util/choleskyFactor';

describe('solveCholesky', () => {
  it('solves a system', () => {
    const factor = choleskyFactor(Float64Array.from([4, 2, 0, 2, 5, 2, 0, 2, 10]));
    if (!factor) throw new Error('It is positive definite.');
    const solution = solveCholesky(factor, Float64Array.from([4 + 4, 2 + 10 + 6, 4 + 30]));
    [1, 2, 3].forEach((value, i) => expect(solution[i]).toBeCloseTo(value, 12));
  });

  it.each([
    ['is indefinite', [1, 2, 2, 1]],
    ['is singular but for rounding', [0.01, 0.03, 0.03, 0.09]],
    ['holds no number', [1, NaN, NaN, 1]],
  ])('gives nothing for a matrix that %s', (_, values) => {
    expect(choleskyFactor(Float64Array.from(values))).toBeNull();
  });
});
