import { createLineBuffer, extendPeriodically, type LineBuffer } from './lineBuffer';
import type { ComplexArray } from './polynomialRoots';
import { synthesiseSignal } from './synthesiseSignal';

/** Columns are filtered in groups of this many, so that each cache line is fetched once. */
const COLUMN_GROUP = 8;

/** Scratch memory of a synthesis. */
interface Scratch {
  readonly lines: readonly LineBuffer[];
  readonly high: LineBuffer;
  readonly results: readonly ComplexArray[];
}

/**
 * Inverts `waveletAnalysis` in place; the real part of the result holds the samples.
 *
 * @param coefficients width * height coefficients in Mallat order
 * @param width number of columns
 * @param height number of rows
 * @param filter low-pass taps as from `complexDaubechies`
 * @param levels number of levels of the analysis
 */
export function waveletSynthesis(
  coefficients: ComplexArray,
  width: number,
  height: number,
  filter: ComplexArray,
  levels: number,
): void {
  const scratch = scratchOf(Math.max(width, height), filter.re.length);
  for (let level = levels - 1; level >= 0; level--) {
    const columns = width >> level;
    const rows = height >> level;
    synthesiseColumns(coefficients, width, columns, rows, filter, scratch);
    synthesiseRows(coefficients, width, columns, rows, filter, scratch);
  }
}

function scratchOf(maxLength: number, taps: number): Scratch {
  return {
    lines: Array.from({ length: COLUMN_GROUP }, () => createLineBuffer(maxLength, taps)),
    high: createLineBuffer(maxLength, taps),
    results: Array.from({ length: COLUMN_GROUP }, () => ({
      re: new Float64Array(maxLength),
      im: new Float64Array(maxLength),
    })),
  };
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
