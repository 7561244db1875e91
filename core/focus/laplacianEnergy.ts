import { mirroredIndices, requireOddWindow, type SharpnessMap } from './localVariance';
import { wholeSampleMirror } from './mirrorPad';

/**
 * Sum of the squared Laplacian (four neighbours) in a square window around each pixel; borders are
 * mirrored without repeating the edge.
 *
 * @param width number of columns of the planes
 * @param height number of rows of the planes
 * @param windowPx side of the window in pixels, odd
 * @throws RangeError when the window is not an odd whole number
 * @see Subbarao M., Choi T., Nikzad A., Optical Engineering 32, 1993, doi:10.1117/12.147706
 */
export function laplacianEnergy(width: number, height: number, windowPx: number): SharpnessMap {
  requireOddWindow(windowPx);
  const columns = mirroredIndices(width, (windowPx - 1) / 2);
  const rows = mirroredIndices(height, (windowPx - 1) / 2);
  const squares = new Float64Array(width * height);
  const sums = new Float64Array(width * height);
  return ({ data }, out) => {
    squareLaplacian(data, width, height, squares);
    for (let y = 0; y < height; y++) {
      const row = y * width;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < windowPx; k++) sum += squares[row + columns[x + k]];
        sums[row + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < windowPx; k++) sum += sums[rows[y + k] * width + x];
        out[y * width + x] = sum;
      }
    }
  };
}

function squareLaplacian(
  data: Float32Array,
  width: number,
  height: number,
  out: Float64Array,
): void {
  for (let y = 0; y < height; y++) {
    const above = wholeSampleMirror(y - 1, height) * width;
    const here = y * width;
    const below = wholeSampleMirror(y + 1, height) * width;
    for (let x = 0; x < width; x++) {
      const left = data[here + wholeSampleMirror(x - 1, width)];
      const right = data[here + wholeSampleMirror(x + 1, width)];
      const laplacian = left + right + data[above + x] + data[below + x] - 4 * data[here + x];
      out[here + x] = laplacian * laplacian;
    }
  }
}
