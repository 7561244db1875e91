import { describe, expect, it } from 'vitest';
import { complexDaubechies, type ComplexDaubechiesLength } from '#core/focus/complexDaubechies';
import { waveletTransform } from '#core/focus/waveletTransform';
import { noisePlane } from '#tests/helpers/planes';

const LENGTHS: ComplexDaubechiesLength[] = [6, 14, 22];
const SIZES = [
  [2, 2],
  [4, 2],
  [16, 64],
  [128, 32],
  [96, 24],
];

function coefficientsOf(length: number): {
  re: Float64Array<ArrayBuffer>;
  im: Float64Array<ArrayBuffer>;
} {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

function levelsOf(width: number, height: number): number {
  let levels = 0;
  while (width % 2 ** (levels + 1) === 0 && height % 2 ** (levels + 1) === 0) levels += 1;
  return levels;
}

describe('waveletTransform', () => {
  it.each(LENGTHS)('is inverted exactly, at any size (%i taps)', (taps) => {
    for (const [width, height] of SIZES) {
      const transform = waveletTransform(width, height, complexDaubechies(taps));
      const { data } = noisePlane(width, height, taps, 1);
      const coefficients = coefficientsOf(width * height);
      const levels = levelsOf(width, height);
      transform.forward(data, coefficients, levels);
      transform.inverse(coefficients, levels);
      for (let i = 0; i < data.length; i++) {
        expect(Math.abs(coefficients.re[i] - data[i])).toBeLessThan(1e-10);
        expect(Math.abs(coefficients.im[i])).toBeLessThan(1e-10);
      }
    }
  });

  it('keeps the energy of the image', () => {
    const transform = waveletTransform(64, 32, complexDaubechies(14));
    const { data } = noisePlane(64, 32, 3, 1);
    const { re, im } = coefficientsOf(data.length);
    transform.forward(data, { re, im }, 5);
    const energy = re.reduce((sum, value, i) => sum + value * value + im[i] * im[i], 0);
    expect(energy).toBeCloseTo(
      data.reduce((sum, value) => sum + value * value, 0),
      9,
    );
  });

  it('puts a constant image into the residual band alone', () => {
    const transform = waveletTransform(32, 32, complexDaubechies(14));
    const coefficients = coefficientsOf(32 * 32);
    transform.forward(new Float32Array(32 * 32).fill(5), coefficients, 5);
    expect(coefficients.re[0]).toBeCloseTo(5 * 32, 10);
    for (let i = 1; i < 32 * 32; i++) {
      expect(Math.hypot(coefficients.re[i], coefficients.im[i])).toBeLessThan(1e-11);
    }
  });

  it('gives the same fine bands when it stops early', () => {
    const transform = waveletTransform(64, 64, complexDaubechies(6));
    const { data } = noisePlane(64, 64, 4, 1);
    const full = coefficientsOf(data.length);
    const early = coefficientsOf(data.length);
    transform.forward(data, full, 6);
    transform.forward(data, early, 2);
    for (let i = 16; i < data.length; i++) {
      if (i % 64 >= 16 || i >= 64 * 16) expect(early.re[i]).toBe(full.re[i]);
    }
  });

  it('refuses more levels than the size can be halved', () => {
    const transform = waveletTransform(12, 16, complexDaubechies(6));
    expect(() => transform.forward(new Float32Array(192), coefficientsOf(192), 3)).toThrow(
      RangeError,
    );
    expect(() => transform.inverse(coefficientsOf(192), 3)).toThrow(RangeError);
  });
});
