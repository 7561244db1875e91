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
  for (let y = 0; y < height; y++) {
    for (let cell = -1; cell < width; cell++) {
      const end = Math.min(width - 1, cell + AFTER);
      let best = Infinity;
      for (let x = Math.max(0, cell - BEFORE); x <= end; x++) {
        const value = sign * data[y * width + x];
        if (value < best) best = value;
      }
      rows[y * stride + cell + 1] = best;
    }
  }
  const result = new Float32Array(stride * (height + 1)).fill(Infinity);
  for (let cell = -1; cell < height; cell++) {
    const to = (cell + 1) * stride;
    const end = Math.min(height - 1, cell + AFTER);
    for (let y = Math.max(0, cell - BEFORE); y <= end; y++) {
      for (let i = 0, from = y * stride; i < stride; i++, from++) {
        if (rows[from] < result[to + i]) result[to + i] = rows[from];
      }
    }
    for (let i = to; i < to + stride; i++) result[i] *= sign;
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
