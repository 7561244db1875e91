import type { SharpnessRows } from './sharpnessRows';
import { windowSums } from './windowSums';

/**
 * Variance of the values in a square window around each pixel.
 *
 * @param width number of columns of the planes
 * @param height number of rows of the planes
 * @param windowPx side of the window in pixels, odd
 * @throws RangeError when the window is not an odd whole number
 */
export function localVariance(width: number, height: number, windowPx: number): SharpnessRows {
  let data = new Float32Array(0);
  let mean = 0;
  const values = windowSums(width, height, windowPx, (y, line, margin) => {
    const start = y * width;
    for (let x = 0; x < width; x++) line[margin + x] = data[start + x] - mean;
  });
  const squares = windowSums(width, height, windowPx, (y, line, margin) => {
    const start = y * width;
    for (let x = 0; x < width; x++) line[margin + x] = (data[start + x] - mean) ** 2;
  });
  const count = windowPx * windowPx;
  const row = new Float32Array(width);
  return (plane, take) => {
    data = plane.data;
    // Values relative to the mean keep the difference of squares exact enough for large offsets.
    mean = meanOf(data);
    for (let y = 0; y < height; y++) {
      const sums = values.row(y);
      const squareSums = squares.row(y);
      for (let x = 0; x < width; x++) {
        row[x] = (squareSums[x] - (sums[x] * sums[x]) / count) / count;
      }
      take(row, y);
    }
  };
}

function meanOf(data: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i];
  return sum / data.length;
}
