import { wholeSampleMirror } from './mirrorPad';
import type { SharpnessRows } from './sharpnessRows';

/** Which second component stands beside the horizontal gradient. */
export type SobelVariant =
  /** The vertical Sobel gradient. */
  | 'gradient'
  /**
   * The mixed difference d/dx d/dy, as the EPFL plugin computes it by reusing a buffer: horizontal
   * edges do not count. Only for comparison with that program.
   */
  | 'plugin';

/**
 * Squared magnitude of the 3 x 3 Sobel gradient at each pixel.
 *
 * @param width number of columns of the planes
 * @param height number of rows of the planes
 * @param variant what the second component is
 */
export function sobelMagnitude(
  width: number,
  height: number,
  variant: SobelVariant = 'gradient',
): SharpnessRows {
  const sums = new Float64Array(width + 2);
  const steps = new Float64Array(width + 2);
  const row = new Float32Array(width);
  const [left, right] = [1 + wholeSampleMirror(-1, width), 1 + wholeSampleMirror(width, width)];
  const mirror = (line: Float64Array): void => {
    line[0] = line[left];
    line[width + 1] = line[right];
  };
  const combine = variant === 'plugin' ? mixedRow : gradientRow;
  return ({ data }, take) => {
    for (let y = 0; y < height; y++) {
      const above = wholeSampleMirror(y - 1, height) * width;
      const below = wholeSampleMirror(y + 1, height) * width;
      sumColumns(data, above, y * width, below, sums, steps);
      mirror(sums);
      mirror(steps);
      combine(sums, steps, row);
      take(row, y);
    }
  };
}

/** Smooths three rows along y, and takes their difference, from index 1 on. */
function sumColumns(
  data: Float32Array,
  above: number,
  here: number,
  below: number,
  sums: Float64Array,
  steps: Float64Array,
): void {
  const width = sums.length - 2;
  for (let x = 0; x < width; x++) {
    const top = data[above + x];
    const bottom = data[below + x];
    sums[x + 1] = top + 2 * data[here + x] + bottom;
    steps[x + 1] = bottom - top;
  }
}

function gradientRow(sums: Float64Array, steps: Float64Array, out: Float32Array): void {
  for (let x = 0; x < out.length; x++) {
    const first = sums[x + 2] - sums[x];
    const second = steps[x] + 2 * steps[x + 1] + steps[x + 2];
    out[x] = first * first + second * second;
  }
}

function mixedRow(sums: Float64Array, steps: Float64Array, out: Float32Array): void {
  for (let x = 0; x < out.length; x++) {
    const first = sums[x + 2] - sums[x];
    const second = steps[x + 2] - steps[x];
    out[x] = first * first + second * second;
  }
}
