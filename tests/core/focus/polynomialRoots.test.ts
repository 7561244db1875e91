import { describe, expect, it } from 'vitest';
import { polynomialRoots } from '#core/focus/polynomialRoots';

describe('polynomialRoots', () => {
  it('finds real and complex roots: (z - 2)(z^2 + 1)', () => {
    const { re, im } = polynomialRoots([-2, 1, -2, 1]);
    const found = Array.from(re, (value, k) => [value, im[k]]).sort((a, b) => a[1] - b[1]);
    const wanted = [
      [0, -1],
      [2, 0],
      [0, 1],
    ];
    found.flat().forEach((value, k) => expect(value).toBeCloseTo(wanted.flat()[k], 13));
  });

  it('has no roots for a constant', () => {
    expect(polynomialRoots([3]).re).toHaveLength(0);
  });

  it('refuses a leading coefficient of 0', () => {
    expect(() => polynomialRoots([1, 2, 0])).toThrow(RangeError);
    expect(() => polynomialRoots([])).toThrow(RangeError);
    expect(() => polynomialRoots([1, Number.NaN])).toThrow(RangeError);
  });
});
