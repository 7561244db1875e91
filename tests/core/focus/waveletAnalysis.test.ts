import { describe, expect, it } from 'vitest';
import { complexDaubechies, type ComplexDaubechiesLength } from '#core/focus/complexDaubechies';
import { waveletAnalysis } from '#core/focus/waveletAnalysis';
import { waveletSynthesis } from '#core/focus/waveletSynthesis';
import { noisePlane } from '#tests/helpers/planes';
import { plainWavelet } from './plainWavelet';

const LENGTHS: ComplexDaubechiesLength[] = [6, 14, 22];
const SIZES = [
  [2, 2],
  [4, 2],
  [16, 64],
  [128, 32],
  [96, 24],
];

/** The coefficients of some samples, in arrays of their own. */
function analysed(
  samples: Float32Array,
  width: number,
  taps: ComplexDaubechiesLength,
  levels: number,
) {
  const analysis = waveletAnalysis(width, samples.length / width, complexDaubechies(taps));
  analysis.samples.set(samples);
  analysis.run(levels);
  const { re, im } = analysis.coefficients;
  return { re: re.slice(), im: im.slice() };
}

function levelsOf(width: number, height: number): number {
  let levels = 0;
  while (width % 2 ** (levels + 1) === 0 && height % 2 ** (levels + 1) === 0) levels += 1;
  return levels;
}

describe('waveletAnalysis', () => {
  it.each(LENGTHS)('gives every bit of the readable version (%i taps)', (taps) => {
    for (const [width, height] of SIZES) {
      const { data } = noisePlane(width, height, taps, 1);
      const levels = levelsOf(width, height);
      const plain = plainWavelet(data, width, height, complexDaubechies(taps), levels);
      expect(analysed(data, width, taps, levels)).toEqual(plain);
    }
  });

  it.each(LENGTHS)('is inverted exactly, at any size (%i taps)', (taps) => {
    for (const [width, height] of SIZES) {
      const { data } = noisePlane(width, height, taps, 1);
      const levels = levelsOf(width, height);
      const coefficients = analysed(data, width, taps, levels);
      waveletSynthesis(coefficients, width, height, complexDaubechies(taps), levels);
      for (let i = 0; i < data.length; i++) {
        expect(Math.abs(coefficients.re[i] - data[i])).toBeLessThan(1e-10);
        expect(Math.abs(coefficients.im[i])).toBeLessThan(1e-10);
      }
    }
  });

  it('keeps the energy of the image', () => {
    const { data } = noisePlane(64, 32, 3, 1);
    const { re, im } = analysed(data, 64, 14, 5);
    const energy = re.reduce((sum, value, i) => sum + value * value + im[i] * im[i], 0);
    expect(energy).toBeCloseTo(
      data.reduce((sum, value) => sum + value * value, 0),
      9,
    );
  });

  it('puts a constant image into the residual band alone', () => {
    const { re, im } = analysed(new Float32Array(32 * 32).fill(5), 32, 14, 5);
    expect(re[0]).toBeCloseTo(5 * 32, 10);
    for (let i = 1; i < 32 * 32; i++) expect(Math.hypot(re[i], im[i])).toBeLessThan(1e-11);
  });

  it('gives the same fine bands when it stops early, and the samples when it does not begin', () => {
    const { data } = noisePlane(64, 64, 4, 1);
    const full = analysed(data, 64, 6, 6);
    const early = analysed(data, 64, 6, 2);
    for (let i = 16; i < data.length; i++) {
      if (i % 64 >= 16 || i >= 64 * 16) expect(early.re[i]).toBe(full.re[i]);
    }
    expect(analysed(data, 64, 6, 0).re).toEqual(Float64Array.from(data));
  });

  it('refuses more levels than the size can be halved', () => {
    expect(() => analysed(new Float32Array(192), 12, 6, 3)).toThrow(RangeError);
  });
});
