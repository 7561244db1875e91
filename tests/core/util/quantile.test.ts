import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile, selectSmallest } from '#core/util/quantile';

const VALUES = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.float({ noNaN: true })), {
    minLength: 1,
    maxLength: 60,
  })
  // Sorting puts -0 before 0, which no comparison of values does.
  .map((values) => Float32Array.from(values, (value) => value + 0));

describe('selectSmallest', () => {
  it('finds what sorting finds', () => {
    fc.assert(
      fc.property(VALUES, fc.nat(), (values, seed) => {
        const k = seed % values.length;
        expect(selectSmallest(values.slice(), k)).toBe(values.toSorted()[k]);
      }),
    );
  });

  it('refuses places outside the values', () => {
    expect(() => selectSmallest(Float32Array.of(1), 1)).toThrow(RangeError);
    expect(() => selectSmallest(new Float32Array(0), 0)).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it('interpolates between neighbours', () => {
    expect(quantile(Float32Array.of(4, 1, 3, 2), 0.5)).toBe(2.5);
    expect(quantile(Float32Array.of(10, 0), 0.99)).toBeCloseTo(9.9, 12);
    expect(quantile(Float32Array.of(7), 0.3)).toBe(7);
    expect(quantile(Float32Array.of(3, 9, 5), 1)).toBe(9);
  });
});
