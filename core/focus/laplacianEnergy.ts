import { wholeSampleMirror } from './mirrorPad';
import type { SharpnessRows } from './sharpnessRows';
import { windowSums } from './windowSums';

/**
 * Sum of the squared Laplacian (four neighbours) in a square window around each pixel.
 *
 * @param width number of columns of the planes
 * @param height number of rows of the planes
 * @param windowPx side of the window in pixels, odd
 * @see Subbarao M., Choi T., Nikzad A., Optical Engineering 32, 1993, doi:10.1117/12.147706
 */
export function laplacianEnergy(width: number, height: number, windowPx: number): SharpnessRows {
  let data = new Float32Array(0);
  const squares = windowSums(width, height, windowPx, (y, line, margin) => {
    squareLaplacian(data, width, height, y, line, margin);
  });
  const row = new Float32Array(width);
  return (plane, take) => {
    data = plane.data;
    for (let y = 0; y < height; y++) {
      row.set(squares.row(y));
      take(row, y);
    }
  };
}

/** Squared Laplacian of one row, written to `line` from index `margin` on. */
function squareLaplacian(
  data: Float32Array,
  width: number,
  height: number,
  y: number,
  line: Float64Array,
  margin: number,
): void {
  const here = y * width;
  const above = wholeSampleMirror(y - 1, height) * width;
  const below = wholeSampleMirror(y + 1, height) * width;
  let left = data[here + wholeSampleMirror(-1, width)];
  let middle = data[here];
  for (let x = 0; x < width; x++) {
    const right = x < width - 1 ? data[here + x + 1] : data[here + wholeSampleMirror(width, width)];
    const laplacian = left + right + data[above + x] + data[below + x] - 4 * middle;
    line[margin + x] = laplacian * laplacian;
    left = middle;
    middle = right;
  }
}
