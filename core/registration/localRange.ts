/** Smallest and largest sample among those that a cubic spline reads, for every cell of a plane. */
export interface LocalRange {
  /** Cells in a row: one more than pixels. Cell (v, u) is at `(v + 1) * stride + u + 1`, from -1 on. */
  readonly stride: number;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Columns to the left and right of a cell that count; rows above and below likewise. */
const BEFORE = 1;
const AFTER = 2;

/** Minima (sign 1) or maxima (sign -1) over windows of four, along rows and then along columns. */
function windowExtremes(
  data: Float32Array,
  width: number,
  height: number,
  sign: 1 | -1,
): Float32Array {
  const stride = width + 1;
  const rows = new Float32Array(stride * height);
  const line = new Float32Array(width + BEFORE + AFTER + 1).fill(Infinity);
  for (let y = 0; y < height; y++) {
    // With room before and after, every window is whole.
    for (let x = 0, i = y * width; x < width; x++, i++) line[x + BEFORE + 1] = sign * data[i];
    for (let i = y * stride, k = 0; k < stride; i++, k++) {
      const a = line[k] < line[k + 1] ? line[k] : line[k + 1];
      const b = line[k + 2] < line[k + 3] ? line[k + 2] : line[k + 3];
      rows[i] = a < b ? a : b;
    }
  }
  const result = new Float32Array(stride * (height + 1));
  for (let cell = -1; cell < height; cell++) {
    // A row that does not exist is replaced by its neighbour, which is in the window as well.
    const r0 = Math.max(0, cell - BEFORE) * stride;
    const r1 = Math.max(0, cell) * stride;
    const r2 = Math.min(height - 1, cell + 1) * stride;
    const r3 = Math.min(height - 1, cell + AFTER) * stride;
    for (let x = 0, to = (cell + 1) * stride; x < stride; x++, to++) {
      const a = rows[r0 + x] < rows[r1 + x] ? rows[r0 + x] : rows[r1 + x];
      const b = rows[r2 + x] < rows[r3 + x] ? rows[r2 + x] : rows[r3 + x];
      result[to] = sign * (a < b ? a : b);
    }
  }
  return result;
}

/**
 * The range of the 4 x 4 samples around every cell between pixels. A cubic spline that is held within
 * it cannot ring: no pixel becomes darker or brighter than everything that it was made from.
 *
 * @param data row-major (y, x) samples
 */
export function localRange(data: Float32Array, width: number, height: number): LocalRange {
  return {
    stride: width + 1,
    low: windowExtremes(data, width, height, 1),
    high: windowExtremes(data, width, height, -1),
  };
}
