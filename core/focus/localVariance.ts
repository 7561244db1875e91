import type { SharpnessRows } from './sharpnessRows';
import { wholeSampleMirror } from './mirrorPad';

/** Whole numbers up to the first are exact in single precision, up to the second in double precision. */
const LARGEST_SINGLE = 2 ** 24;
const LARGEST_DOUBLE = 2 ** 53;

/**
 * Variance of the values in a square window around each pixel. The sums run along with the window, so
 * that a wide one costs no more than a narrow one; values count as whole numbers of very small steps,
 * whose sums are exact, so that nothing is left behind by what the window has passed.
 *
 * @param width number of columns of the planes
 * @param height number of rows of the planes
 * @param windowPx side of the window in pixels, odd
 */
export function localVariance(width: number, height: number, windowPx: number): SharpnessRows {
  const radius = (windowPx - 1) / 2;
  const whole = new Float32Array(width * height);
  const sums = new Float64Array(width + 2 * radius);
  const squares = new Float64Array(sums.length);
  const row = new Float32Array(width);
  const count = windowPx * windowPx;
  const largest = Math.min(LARGEST_SINGLE, Math.sqrt(LARGEST_DOUBLE / count));
  const startOf = (y: number): number => wholeSampleMirror(y, height) * width;
  return ({ data }, take) => {
    const step = toWholeNumbers(data, largest, whole);
    sums.fill(0);
    squares.fill(0);
    for (let y = -radius; y <= radius; y++) addRow(whole, startOf(y), radius, width, sums, squares);
    for (let y = 0; y < height; y++) {
      mirrorMargins(sums, radius);
      mirrorMargins(squares, radius);
      varianceRow(sums, squares, windowPx, (step * step) / count, row);
      take(row, y);
      const [oldRow, newRow] = [startOf(y - radius), startOf(y + radius + 1)];
      replaceRow(whole, oldRow, newRow, radius, width, sums, squares);
    }
  };
}

/** Writes values relative to their middle in steps of a power of two, at most `most`; gives the step. */
function toWholeNumbers(data: Float32Array, most: number, whole: Float32Array): number {
  let least = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < data.length; i++) {
    if (data[i] < least) least = data[i];
    if (data[i] > largest) largest = data[i];
  }
  const middle = Math.round((least + largest) / 2);
  const reach = Math.max(largest - middle, middle - least);
  const step = reach > 0 ? 2 ** Math.ceil(Math.log2(reach / most)) : 1;
  scale(data, middle, 1 / step, whole);
  return step;
}

function scale(data: Float32Array, middle: number, factor: number, whole: Float32Array): void {
  for (let i = 0; i < data.length; i++) whole[i] = Math.round((data[i] - middle) * factor);
}

function addRow(
  values: Float32Array,
  start: number,
  margin: number,
  width: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  for (let x = 0; x < width; x++) {
    const value = values[start + x];
    sums[margin + x] += value;
    squares[margin + x] += value * value;
  }
}

/** Takes the row from `oldRow` on out of the sums and that from `newRow` on in. */
function replaceRow(
  values: Float32Array,
  oldRow: number,
  newRow: number,
  margin: number,
  width: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  for (let x = 0; x < width; x++) {
    const before = values[oldRow + x];
    const after = values[newRow + x];
    sums[margin + x] += after - before;
    squares[margin + x] += after * after - before * before;
  }
}

function mirrorMargins(line: Float64Array, margin: number): void {
  const width = line.length - 2 * margin;
  for (let k = 1; k <= margin; k++) {
    line[margin - k] = line[margin + wholeSampleMirror(-k, width)];
    line[margin + width - 1 + k] = line[margin + wholeSampleMirror(width - 1 + k, width)];
  }
}

/** Variances, times `share` and the number of values, from the sums over columns. */
function varianceRow(
  sums: Float64Array,
  squares: Float64Array,
  windowPx: number,
  share: number,
  out: Float32Array,
): void {
  const count = windowPx * windowPx;
  let sum = 0;
  let square = 0;
  for (let x = 0; x < windowPx - 1; x++) {
    sum += sums[x];
    square += squares[x];
  }
  for (let x = 0; x < out.length; x++) {
    sum += sums[x + windowPx - 1];
    square += squares[x + windowPx - 1];
    out[x] = (square - (sum * sum) / count) * share;
    sum -= sums[x];
    square -= squares[x];
  }
}
