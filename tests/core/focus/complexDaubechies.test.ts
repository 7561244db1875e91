import { describe, expect, it } from 'vitest';
import { complexDaubechies, type ComplexDaubechiesLength } from '#core/focus/complexDaubechies';
import { preprocessingFixtures } from '#tests/helpers/algorithmFixtures';

const LENGTHS: ComplexDaubechiesLength[] = [6, 14, 22];

describe('complexDaubechies', () => {
  it.each(LENGTHS)('equals the published filter of %i taps', (length) => {
    const expected = preprocessingFixtures().complexDaubechies[length];
    const { re, im } = complexDaubechies(length);
    for (let k = 0; k < length; k++) {
      expect(Math.abs(re[k] - expected.re[k])).toBeLessThan(1e-12);
      expect(Math.abs(im[k] - expected.im[k])).toBeLessThan(1e-12);
    }
  });

  it.each(LENGTHS)('is orthonormal to its even shifts (%i taps)', (length) => {
    const { re, im } = complexDaubechies(length);
    for (let shift = 0; shift < length; shift += 2) {
      let sumRe = 0;
      let sumIm = 0;
      for (let k = 0; k + shift < length; k++) {
        sumRe += re[k] * re[k + shift] + im[k] * im[k + shift];
        sumIm += im[k] * re[k + shift] - re[k] * im[k + shift];
      }
      expect(sumRe).toBeCloseTo(shift === 0 ? 1 : 0, 12);
      expect(sumIm).toBeCloseTo(0, 12);
    }
  });

  it.each(LENGTHS)('is symmetric (%i taps)', (length) => {
    const { re, im } = complexDaubechies(length);
    for (let k = 0; k < length / 2; k++) {
      expect(re[k]).toBeCloseTo(re[length - 1 - k], 12);
      expect(im[k]).toBeCloseTo(im[length - 1 - k], 12);
    }
  });

  it('refuses another length', () => {
    expect(() => complexDaubechies(8 as ComplexDaubechiesLength)).toThrow(RangeError);
  });
});
