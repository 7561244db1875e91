import type { Plane } from '#core/image/Plane';
import { wholeSampleMirror } from './mirrorPad';

/** Computes a sharpness for every pixel of a plane into `out`, row-major (y, x). */
export type SharpnessMap = (plane: Plane, out: Float64Array) => void;

/**
 * Variance of the values in a square window around each pixel; borders are mirrored without
 * repeating the edge.
 *
 * @param width number of columns of the planes
 * @param height number of rows of the planes
 * @param windowPx side of the window in pixels, odd
 * @throws RangeError when the window is not an odd whole number
 */
export function localVariance(width: number, height: number, windowPx: number): SharpnessMap {
  requireOddWindow(windowPx);
  const radius = (windowPx - 1) / 2;
  const columns = mirroredIndices(width, radius);
  const rows = mirroredIndices(height, radius);
  const sums = new Float64Array(width * height);
  const squares = new Float64Array(width * height);
  const count = windowPx * windowPx;
  return ({ data }, out) => {
    // Values relative to the mean keep the difference of squares exact enough for large offsets.
    const mean = meanOf(data);
    sumRows(data, mean, columns, width, height, sums, squares);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        let square = 0;
        for (let k = 0; k < windowPx; k++) {
          const at = rows[y + k] * width + x;
          sum += sums[at];
          square += squares[at];
        }
        out[y * width + x] = (square - (sum * sum) / count) / count;
      }
    }
  };
}

/** Refuses a window without a middle; @throws RangeError. */
export function requireOddWindow(windowPx: number): void {
  if (!Number.isInteger(windowPx) || windowPx < 1 || windowPx % 2 === 0) {
    throw new RangeError(`The window must be an odd number of pixels, not ${windowPx}.`);
  }
}

/** Which of `length` samples stands at each place of a line with `radius` mirrored ones on both sides. */
export function mirroredIndices(length: number, radius: number): Int32Array {
  return Int32Array.from({ length: length + 2 * radius }, (_, k) =>
    wholeSampleMirror(k - radius, length),
  );
}

function meanOf(data: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i];
  return sum / data.length;
}

/** Sums and sums of squares over the window's columns, for every pixel. */
function sumRows(
  data: Float32Array,
  mean: number,
  columns: Int32Array,
  width: number,
  height: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  const windowPx = columns.length - width + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let square = 0;
      for (let k = 0; k < windowPx; k++) {
        const value = data[row + columns[x + k]] - mean;
        sum += value;
        square += value * value;
      }
      sums[row + x] = sum;
      squares[row + x] = square;
    }
  }
}
