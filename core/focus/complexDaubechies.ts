import { polynomialRoots, type ComplexArray } from './polynomialRoots';

/** Number of taps of a complex Daubechies filter: 3, 7 or 11 vanishing moments. */
export type ComplexDaubechiesLength = 6 | 14 | 22;

/**
 * Low-pass filter of the symmetric complex Daubechies wavelets, derived by root finding.
 * The half-band polynomial sum C(N-1+k, k) y^k is factored; one root of each conjugate pair is kept
 * (positive imaginary part), which is the choice that makes the filter symmetric.
 *
 * @param length number of taps; length / 2 is the number N of vanishing moments
 * @returns `length` complex taps of sum sqrt(2) and energy 1, with tap[k] = tap[length - 1 - k]
 * @throws RangeError for another length
 * @see Lina J.-M. and Mayrand M., Complex Daubechies wavelets, Applied and Computational Harmonic
 * Analysis 2, 1995, doi:10.1006/acha.1995.1015
 */
export function complexDaubechies(length: ComplexDaubechiesLength): ComplexArray {
  if (![6, 14, 22].includes(length)) {
    throw new RangeError(
      `There is no complex Daubechies filter of ${length} taps; choose 6, 14 or 22.`,
    );
  }
  const vanishingMoments = length / 2;
  const roots = polynomialRoots(halfBandPolynomial(vanishingMoments));
  const taps = { re: new Float64Array(length), im: new Float64Array(length) };
  taps.re[0] = 1;
  let degree = 0;
  for (let k = 0; k < vanishingMoments; k++) {
    multiplyByFactor(taps, degree, 1, 0, 0);
    degree += 1;
  }
  for (let k = 0; k < roots.re.length; k++) {
    const im = roots.im[k];
    if (im <= 0) continue;
    multiplyByFactor(taps, degree, 4 * roots.re[k] - 2, 4 * im, 1);
    degree += 2;
  }
  normaliseSum(taps);
  return taps;
}

/** Coefficients C(N-1+k, k), constant term first. */
function halfBandPolynomial(vanishingMoments: number): number[] {
  const coefficients = [1];
  for (let k = 1; k < vanishingMoments; k++) {
    coefficients.push((coefficients[k - 1] * (vanishingMoments - 1 + k)) / k);
  }
  return coefficients;
}

/** Multiplies the polynomial in place by 1 + (bRe + i bIm) z + c z^2; `degree` is its degree before. */
function multiplyByFactor(
  taps: ComplexArray,
  degree: number,
  bRe: number,
  bIm: number,
  c: number,
): void {
  const { re, im } = taps;
  const top = Math.min(re.length - 1, degree + (c === 0 ? 1 : 2));
  for (let k = top; k >= 0; k--) {
    const re1 = k >= 1 ? re[k - 1] : 0;
    const im1 = k >= 1 ? im[k - 1] : 0;
    const re2 = k >= 2 ? re[k - 2] : 0;
    const im2 = k >= 2 ? im[k - 2] : 0;
    re[k] = re[k] + re1 * bRe - im1 * bIm + c * re2;
    im[k] = im[k] + re1 * bIm + im1 * bRe + c * im2;
  }
}

/** Scales the taps so that their sum is sqrt(2), which also fixes the phase. */
function normaliseSum(taps: ComplexArray): void {
  const sumRe = taps.re.reduce((sum, value) => sum + value, 0);
  const sumIm = taps.im.reduce((sum, value) => sum + value, 0);
  const norm = (sumRe * sumRe + sumIm * sumIm) / Math.SQRT2;
  for (let k = 0; k < taps.re.length; k++) {
    const re = taps.re[k];
    const im = taps.im[k];
    taps.re[k] = (re * sumRe + im * sumIm) / norm;
    taps.im[k] = (im * sumRe - re * sumIm) / norm;
  }
}
