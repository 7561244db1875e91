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
  const mixed = variant === 'plugin';
  const sums = new Float64Array(width + 2);
  const steps = new Float64Array(width + 2);
  const row = new Float32Array(width);
  const [left, right] = [1 + wholeSampleMirror(-1, width), 1 + wholeSampleMirror(width, width)];
  return ({ data }, take) => {
    for (let y = 0; y < height; y++) {
      const above = wholeSampleMirror(y - 1, height) * width;
      const here = y * width;
      const below = wholeSampleMirror(y + 1, height) * width;
      for (let x = 0; x < width; x++) {
        const [top, bottom] = [data[above + x], data[below + x]];
        sums[x + 1] = top + 2 * data[here + x] + bottom;
        steps[x + 1] = bottom - top;
      }
      for (const line of [sums, steps]) {
        line[0] = line[left];
        line[width + 1] = line[right];
      }
      for (let x = 0; x < width; x++) {
        const first = sums[x + 2] - sums[x];
        const second = mixed ? steps[x + 2] - steps[x] : steps[x] + 2 * steps[x + 1] + steps[x + 2];
        row[x] = first * first + second * second;
      }
      take(row, y);
    }
  };
}
