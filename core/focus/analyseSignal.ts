import type { ComplexArray } from './polynomialRoots';

/**
 * One line of samples with room for periodic extension. Samples 0 .. n-1 of a line start at index `margin`.
 */
export interface LineBuffer {
  readonly re: Float64Array<ArrayBuffer>;
  readonly im: Float64Array<ArrayBuffer>;
  readonly margin: number;
  /** Index of the last tap of the filter. */
  readonly last: number;
}

/** A line buffer for up to `maxLength` samples and filters of `taps` taps. */
export function createLineBuffer(maxLength: number, taps: number): LineBuffer {
  const length = maxLength + taps;
  return {
    re: new Float64Array(length),
    im: new Float64Array(length),
    margin: taps / 2,
    last: taps - 1,
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
 * The first half of the taps of a symmetric filter, real and imaginary part in turns; an even number of
 * taps, so that loops over them may take two at a time.
 */
export type PairedTaps = Float64Array<ArrayBuffer>;

/** Arranges the taps of a symmetric filter of even length for `analyseSignal`. */
export function pairTaps({ re, im }: ComplexArray): PairedTaps {
  const pairs = re.length >> 1;
  const taps = new Float64Array(4 * Math.ceil(pairs / 2));
  for (let m = 0; m < pairs; m++) {
    taps[2 * m] = re[m];
    taps[2 * m + 1] = im[m];
  }
  return taps;
}

/**
 * One level of periodic wavelet analysis of a complex line, decimated by two:
 * low[k] = sum_m h[m] x[2k + m - L/2], high[k] = sum_m g[m] x[2k + m - L/2].
 * The low-pass filter is symmetric, g[m] = (-1)^m conj(h[m]) antisymmetric, so samples are taken in pairs;
 * two pairs at a time, the second with the other sign, spare the multiplication by (-1)^m.
 *
 * @param line samples, extended on both sides by `extendPeriodically`
 * @param length even number of samples
 * @param taps low-pass filter, from `pairTaps`
 * @param out low-pass half in [0, length/2), high-pass half in [length/2, length)
 */
export function analyseSignal(
  { re, im, last }: LineBuffer,
  length: number,
  taps: PairedTaps,
  { re: outRe, im: outIm }: ComplexArray,
): void {
  const half = length >> 1;
  for (let k = 0; k < half; k++) {
    let lowRe = 0;
    let lowIm = 0;
    let highRe = 0;
    let highIm = 0;
    for (let m = 0, near = 2 * k, far = near + last; m < taps.length; m += 4, near += 2, far -= 2) {
      let a = taps[m];
      let b = taps[m + 1];
      let sumRe = re[near] + re[far];
      let sumIm = im[near] + im[far];
      let differenceRe = re[near] - re[far];
      let differenceIm = im[near] - im[far];
      lowRe += a * sumRe - b * sumIm;
      lowIm += a * sumIm + b * sumRe;
      highRe += a * differenceRe + b * differenceIm;
      highIm += a * differenceIm - b * differenceRe;
      a = taps[m + 2];
      b = taps[m + 3];
      sumRe = re[near + 1] + re[far - 1];
      sumIm = im[near + 1] + im[far - 1];
      differenceRe = re[far - 1] - re[near + 1];
      differenceIm = im[far - 1] - im[near + 1];
      lowRe += a * sumRe - b * sumIm;
      lowIm += a * sumIm + b * sumRe;
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
  { re, last }: LineBuffer,
  length: number,
  taps: PairedTaps,
  { re: outRe, im: outIm }: ComplexArray,
): void {
  const half = length >> 1;
  for (let k = 0; k < half; k++) {
    let lowRe = 0;
    let lowIm = 0;
    let highRe = 0;
    let highIm = 0;
    for (let m = 0, near = 2 * k, far = near + last; m < taps.length; m += 4, near += 2, far -= 2) {
      let sum = re[near] + re[far];
      let difference = re[near] - re[far];
      lowRe += taps[m] * sum;
      lowIm += taps[m + 1] * sum;
      highRe += taps[m] * difference;
      highIm -= taps[m + 1] * difference;
      sum = re[near + 1] + re[far - 1];
      difference = re[far - 1] - re[near + 1];
      lowRe += taps[m + 2] * sum;
      lowIm += taps[m + 3] * sum;
      highRe += taps[m + 2] * difference;
      highIm -= taps[m + 3] * difference;
    }
    outRe[k] = lowRe;
    outIm[k] = lowIm;
    outRe[half + k] = highRe;
    outIm[half + k] = highIm;
  }
}
