import type { ComplexArray } from './polynomialRoots';

/**
 * One line of samples with room for periodic extension. Samples 0 .. n-1 of a line start at index `margin`.
 */
export interface LineBuffer {
  readonly re: Float64Array<ArrayBuffer>;
  readonly im: Float64Array<ArrayBuffer>;
  readonly margin: number;
}

/** A line buffer for up to `maxLength` samples and filters of `taps` taps. */
export function createLineBuffer(maxLength: number, taps: number): LineBuffer {
  const length = maxLength + taps;
  return {
    re: new Float64Array(length),
    im: new Float64Array(length),
    margin: taps / 2,
  };
}

/** Repeats the first `length` samples of one part of a line on both sides, as a periodic signal does. */
export function extendPeriodically(part: Float64Array, margin: number, length: number): void {
  for (let k = 0; k < margin; k++) {
    part[margin + length + k] = part[margin + (k % length)];
    part[margin - 1 - k] = part[margin + length - 1 - (k % length)];
  }
}

/**
 * One level of periodic wavelet analysis of a complex line, decimated by two:
 * low[k] = sum_m h[m] x[2k + m - L/2], high[k] = sum_m g[m] x[2k + m - L/2].
 * The low-pass filter is symmetric, g[m] = (-1)^m conj(h[m]) antisymmetric, so taps are applied in pairs.
 *
 * @param line samples, extended on both sides by `extendPeriodically`
 * @param length even number of samples
 * @param filter low-pass taps
 * @param out low-pass half in [0, length/2), high-pass half in [length/2, length)
 */
export function analyseSignal(
  line: LineBuffer,
  length: number,
  filter: ComplexArray,
  out: ComplexArray,
): void {
  const { re, im } = line;
  const { re: hRe, im: hIm } = filter;
  const { re: outRe, im: outIm } = out;
  const half = length >> 1;
  const last = hRe.length - 1;
  const pairs = hRe.length >> 1;
  for (let k = 0; k < half; k++) {
    let lowRe = 0;
    let lowIm = 0;
    let highRe = 0;
    let highIm = 0;
    const start = 2 * k;
    for (let m = 0; m < pairs; m++) {
      const near = start + m;
      const far = start + last - m;
      const a = hRe[m];
      const b = hIm[m];
      const sumRe = re[near] + re[far];
      const sumIm = im[near] + im[far];
      lowRe += a * sumRe - b * sumIm;
      lowIm += a * sumIm + b * sumRe;
      const sign = 1 - 2 * (m & 1);
      const differenceRe = sign * (re[near] - re[far]);
      const differenceIm = sign * (im[near] - im[far]);
      highRe += a * differenceRe + b * differenceIm;
      highIm += a * differenceIm - b * differenceRe;
    }
    outRe[k] = lowRe;
    outIm[k] = lowIm;
    outRe[half + k] = highRe;
    outIm[half + k] = highIm;
  }
}

/** The same for a line whose imaginary part is 0; half the work. */
export function analyseRealSignal(
  line: LineBuffer,
  length: number,
  filter: ComplexArray,
  out: ComplexArray,
): void {
  const { re } = line;
  const { re: hRe, im: hIm } = filter;
  const { re: outRe, im: outIm } = out;
  const half = length >> 1;
  const last = hRe.length - 1;
  const pairs = hRe.length >> 1;
  for (let k = 0; k < half; k++) {
    let lowRe = 0;
    let lowIm = 0;
    let highRe = 0;
    let highIm = 0;
    const start = 2 * k;
    for (let m = 0; m < pairs; m++) {
      const near = re[start + m];
      const far = re[start + last - m];
      const sum = near + far;
      const difference = (1 - 2 * (m & 1)) * (near - far);
      lowRe += hRe[m] * sum;
      lowIm += hIm[m] * sum;
      highRe += hRe[m] * difference;
      highIm -= hIm[m] * difference;
    }
    outRe[k] = lowRe;
    outIm[k] = lowIm;
    outRe[half + k] = highRe;
    outIm[half + k] = highIm;
  }
}
