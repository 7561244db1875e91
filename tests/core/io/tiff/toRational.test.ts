import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRational } from '#core/io/tiff/toRational';

describe('toRational', () => {
  it.each([
    [1, 1, 1],
    [0.1, 1, 10],
    [0.0645, 129, 2000],
    [72, 72, 1],
    [4294967295, 4294967295, 1],
  ])('writes %s as %s / %s', (value, numerator, denominator) => {
    expect(toRational(value)).toEqual([numerator, denominator]);
  });

  it('is exact for every decimal of seven digits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 0, max: 7 }),
        (n, e) => {
          const [numerator, denominator] = toRational(n / 10 ** e);
          expect(numerator / denominator).toBe(n / 10 ** e);
        },
      ),
    );
  });

  it('comes within 1e-9 of any other value, in 32 bits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e4, noNaN: true }), (value) => {
        const [numerator, denominator] = toRational(value);
        expect(Math.max(numerator, denominator)).toBeLessThan(2 ** 32);
        expect(Math.min(numerator, denominator)).toBeGreaterThanOrEqual(1);
        expect(Math.abs(numerator / denominator / value - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it.each([0, -1, Number.NaN, Infinity, 1e10, 1e-10])('refuses %s', (value) => {
    expect(() => toRational(value)).toThrow(RangeError);
  });
});
