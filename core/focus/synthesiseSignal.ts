import type { ComplexArray } from './polynomialRoots';
import type { LineBuffer } from './lineBuffer';

/**
 * One level of periodic wavelet synthesis, the inverse of that of `waveletAnalysis`:
 * x[n] = sum_k conj(h[n - 2k + L/2]) low[k] + conj(g[n - 2k + L/2]) high[k].
 *
 * @param low low-pass half, extended periodically by `extendPeriodically` over length / 2 samples
 * @param high high-pass half, extended likewise
 * @param length even number of samples of the result
 * @param filter low-pass taps
 * @param out receives `length` samples
 */
export function synthesiseSignal(
  low: LineBuffer,
  high: LineBuffer,
  length: number,
  filter: ComplexArray,
  out: ComplexArray,
): void {
  const { re: hRe, im: hIm } = filter;
  const { re: lowRe, im: lowIm } = low;
  const { re: highRe, im: highIm } = high;
  const taps = hRe.length;
  const shift = taps >> 1;
  for (let n = 0; n < length; n++) {
    let sumRe = 0;
    let sumIm = 0;
    const first = (n + shift) & 1;
    for (let m = first; m < taps; m += 2) {
      const k = low.margin + ((n + shift - m) >> 1);
      const a = hRe[m];
      const b = hIm[m];
      // conj(h) low, and conj(g) high = (-1)^m h high; m has the parity of `first`.
      const gRe = first === 0 ? highRe[k] : -highRe[k];
      const gIm = first === 0 ? highIm[k] : -highIm[k];
      sumRe += a * (lowRe[k] + gRe) + b * (lowIm[k] - gIm);
      sumIm += a * (lowIm[k] + gIm) - b * (lowRe[k] - gRe);
    }
    out.re[n] = sumRe;
    out.im[n] = sumIm;
  }
}
