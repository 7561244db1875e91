import { describe, expect, it } from 'vitest';
import { choleskyFactor, solveCholesky } from '#core/util/choleskyFactor';

describe('solveCholesky', () => {
  it('solves a system', () => {
    const factor = choleskyFactor(Float64Array.from([4, 2, 0, 2, 5, 2, 0, 2, 10]));
    const solution = solveCholesky(factor, Float64Array.from([4 + 4, 2 + 10 + 6, 4 + 30]));
    [1, 2, 3].forEach((value, i) => expect(solution[i]).toBeCloseTo(value, 12));
  });

  it('refuses a matrix that has no root', () => {
    expect(() => choleskyFactor(Float64Array.from([1, 2, 2, 1]))).toThrow(RangeError);
  });
});
