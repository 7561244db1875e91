import type { ComplexArray } from '#core/focus/polynomialRoots';

/**
 * The readable version of core/focus/waveletAnalysis.ts, tap by tap as the formula says; it adds in
 * the same order, so that both give the same bits.
 */
export function plainWavelet(
  samples: Float32Array,
  width: number,
  height: number,
  filter: ComplexArray,
  levels: number,
): ComplexArray {
  const out = { re: Float64Array.from(samples), im: new Float64Array(samples.length) };
  for (let level = 0; level < levels; level++) {
    const [columns, rows] = [width >> level, height >> level];
    for (let y = 0; y < rows; y++) analyseLine(out, y * width, 1, columns, filter);
    for (let x = 0; x < columns; x++) analyseLine(out, x, width, rows, filter);
  }
  return out;
}

/** Replaces a line of `length` samples, `step` apart, by its low-pass half and its high-pass half. */
function analyseLine(
  { re, im }: ComplexArray,
  start: number,
  step: number,
  length: number,
  filter: ComplexArray,
): void {
  const line = Array.from({ length }, (_, i) => [re[start + i * step], im[start + i * step]]);
  const taps = filter.re.length;
  const at = (i: number): number[] => line[(i + taps * length) % length];
  const half = length / 2;
  for (let k = 0; k < half; k++) {
    const low = [0, 0];
    const high = [0, 0];
    for (let m = 0; m < taps / 2; m++) {
      const [a, b] = [filter.re[m], filter.im[m]];
      const near = at(2 * k + m - taps / 2);
      const far = at(2 * k + taps - 1 - m - taps / 2);
      const sum = [near[0] + far[0], near[1] + far[1]];
      low[0] += a * sum[0] - b * sum[1];
      low[1] += a * sum[1] + b * sum[0];
      const sign = (-1) ** m;
      const difference = [sign * (near[0] - far[0]), sign * (near[1] - far[1])];
      high[0] += a * difference[0] + b * difference[1];
      high[1] += a * difference[1] - b * difference[0];
    }
    [re[start + k * step], im[start + k * step]] = low;
    [re[start + (half + k) * step], im[start + (half + k) * step]] = high;
  }
}
