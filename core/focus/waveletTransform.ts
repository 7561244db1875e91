import {
  analyseRealSignal,
  analyseSignal,
  createLineBuffer,
  extendPeriodically,
  pairTaps,
  type LineBuffer,
  type PairedTaps,
} from './analyseSignal';
import type { ComplexArray } from './polynomialRoots';
import { synthesiseSignal } from './synthesiseSignal';

/** Columns are filtered in groups of this many, so that each cache line is fetched once. */
const COLUMN_GROUP = 8;

/** A separable, periodic, decimated wavelet transform of one size; it owns its scratch memory. */
export interface WaveletTransform {
  /**
   * Transforms real samples into complex coefficients in Mallat order: after s levels the residual
   * low-pass band is the top-left rectangle of width >> s by height >> s.
   *
   * @param samples row-major (y, x) samples; not changed
   * @param out width * height coefficients
   * @param levels number of levels, at most what the sizes can be halved
   */
  forward(samples: Float32Array | Float64Array, out: ComplexArray, levels: number): void;
  /** Inverts `forward` in place; the real part of the result holds the samples. */
  inverse(coefficients: ComplexArray, levels: number): void;
}

/** Scratch memory of a transform. */
interface Scratch {
  readonly lines: readonly LineBuffer[];
  readonly high: LineBuffer;
  readonly results: readonly ComplexArray[];
}

/**
 * Prepares the two-dimensional transform of a symmetric complex wavelet, rows first.
 *
 * @param width number of columns
 * @param height number of rows
 * @param filter low-pass taps as from `complexDaubechies`
 * @see Mallat S., IEEE Trans. Pattern Analysis 11, 1989, doi:10.1109/34.192463
 */
export function waveletTransform(
  width: number,
  height: number,
  filter: ComplexArray,
): WaveletTransform {
  const maxLength = Math.max(width, height);
  const taps = filter.re.length;
  const paired = pairTaps(filter);
  const scratch: Scratch = {
    lines: Array.from({ length: COLUMN_GROUP }, () => createLineBuffer(maxLength, taps)),
    high: createLineBuffer(maxLength, taps),
    results: Array.from({ length: COLUMN_GROUP }, () => ({
      re: new Float64Array(maxLength),
      im: new Float64Array(maxLength),
    })),
  };
  const checkLevels = (levels: number): void => {
    const divisor = 2 ** levels;
    if (width % divisor !== 0 || height % divisor !== 0) {
      throw new RangeError(`${width} x ${height} samples cannot be halved ${levels} times.`);
    }
  };
  return {
    forward: (samples, out, levels) => {
      checkLevels(levels);
      if (levels === 0) {
        out.re.set(samples);
        out.im.fill(0);
        return;
      }
      analyseRealRows(samples, out, width, height, paired, scratch);
      analyseColumns(out, width, width, height, paired, scratch);
      for (let level = 1; level < levels; level++) {
        analyseRows(out, width, width >> level, height >> level, paired, scratch);
        analyseColumns(out, width, width >> level, height >> level, paired, scratch);
      }
    },
    inverse: (coefficients, levels) => {
      checkLevels(levels);
      for (let level = levels - 1; level >= 0; level--) {
        const columns = width >> level;
        const rows = height >> level;
        synthesiseColumns(coefficients, width, columns, rows, filter, scratch);
        synthesiseRows(coefficients, width, columns, rows, filter, scratch);
      }
    },
  };
}

function analyseRealRows(
  samples: Float32Array | Float64Array,
  out: ComplexArray,
  width: number,
  height: number,
  taps: PairedTaps,
  { lines, results }: Scratch,
): void {
  const line = lines[0];
  const result = results[0];
  const { re, margin } = line;
  for (let row = 0; row < height; row++) {
    const start = row * width;
    for (let x = 0; x < width; x++) re[margin + x] = samples[start + x];
    extendPeriodically(re, margin, width);
    analyseRealSignal(line, width, taps, result);
    storeLine(result, out, start, width);
  }
}

function analyseRows(
  data: ComplexArray,
  stride: number,
  columns: number,
  rows: number,
  taps: PairedTaps,
  { lines, results }: Scratch,
): void {
  const line = lines[0];
  const result = results[0];
  for (let row = 0; row < rows; row++) {
    loadLine(data, row * stride, columns, line);
    analyseSignal(line, columns, taps, result);
    storeLine(result, data, row * stride, columns);
  }
}

function synthesiseRows(
  data: ComplexArray,
  stride: number,
  columns: number,
  rows: number,
  filter: ComplexArray,
  { lines, high, results }: Scratch,
): void {
  const low = lines[0];
  const result = results[0];
  const half = columns >> 1;
  for (let row = 0; row < rows; row++) {
    loadLine(data, row * stride, half, low);
    loadLine(data, row * stride + half, half, high);
    synthesiseSignal(low, high, columns, filter, result);
    storeLine(result, data, row * stride, columns);
  }
}

function analyseColumns(
  data: ComplexArray,
  stride: number,
  columns: number,
  rows: number,
  taps: PairedTaps,
  { lines, results }: Scratch,
): void {
  for (let x = 0; x < columns; x += COLUMN_GROUP) {
    const count = Math.min(COLUMN_GROUP, columns - x);
    for (let c = 0; c < count; c++) {
      loadColumn(data, x + c, stride, rows, lines[c]);
      analyseSignal(lines[c], rows, taps, results[c]);
    }
    storeColumns(results, data, x, count, stride, rows);
  }
}

function synthesiseColumns(
  data: ComplexArray,
  stride: number,
  columns: number,
  rows: number,
  filter: ComplexArray,
  { lines, high, results }: Scratch,
): void {
  const half = rows >> 1;
  for (let x = 0; x < columns; x += COLUMN_GROUP) {
    const count = Math.min(COLUMN_GROUP, columns - x);
    for (let c = 0; c < count; c++) {
      loadColumn(data, x + c, stride, half, lines[c]);
      loadColumn(data, half * stride + x + c, stride, half, high);
      synthesiseSignal(lines[c], high, rows, filter, results[c]);
    }
    storeColumns(results, data, x, count, stride, rows);
  }
}

function loadLine(data: ComplexArray, start: number, length: number, line: LineBuffer): void {
  line.re.set(data.re.subarray(start, start + length), line.margin);
  line.im.set(data.im.subarray(start, start + length), line.margin);
  extendPeriodically(line.re, line.margin, length);
  extendPeriodically(line.im, line.margin, length);
}

function storeLine(result: ComplexArray, data: ComplexArray, start: number, length: number): void {
  for (let k = 0; k < length; k++) {
    data.re[start + k] = result.re[k];
    data.im[start + k] = result.im[k];
  }
}

function loadColumn(
  data: ComplexArray,
  start: number,
  stride: number,
  length: number,
  line: LineBuffer,
): void {
  const { re, im, margin } = line;
  for (let k = 0, at = start; k < length; k++, at += stride) {
    re[margin + k] = data.re[at];
    im[margin + k] = data.im[at];
  }
  extendPeriodically(re, margin, length);
  extendPeriodically(im, margin, length);
}

function storeColumns(
  results: readonly ComplexArray[],
  data: ComplexArray,
  start: number,
  count: number,
  stride: number,
  length: number,
): void {
  for (let c = 0; c < count; c++) {
    const { re, im } = results[c];
    for (let k = 0, at = start + c; k < length; k++, at += stride) {
      data.re[at] = re[k];
      data.im[at] = im[k];
    }
  }
}
