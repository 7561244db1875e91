import { wholeSampleMirror } from './mirrorPad';
import type { SharpnessMap } from './localVariance';

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
 * Squared magnitude of the 3 x 3 Sobel gradient at each pixel; borders are mirrored without
 * repeating the edge.
 *
 * @param width number of columns of the planes
 * @param height number of rows of the planes
 * @param variant what the second component is
 */
export function sobelMagnitude(
  width: number,
  height: number,
  variant: SobelVariant = 'gradient',
): SharpnessMap {
  const mixed = variant === 'plugin';
  return ({ data }, out) => {
    for (let y = 0; y < height; y++) {
      const above = wholeSampleMirror(y - 1, height) * width;
      const here = y * width;
      const below = wholeSampleMirror(y + 1, height) * width;
      for (let x = 0; x < width; x++) {
        const left = wholeSampleMirror(x - 1, width);
        const right = wholeSampleMirror(x + 1, width);
        const dxAbove = data[above + right] - data[above + left];
        const dxHere = data[here + right] - data[here + left];
        const dxBelow = data[below + right] - data[below + left];
        const first = dxAbove + 2 * dxHere + dxBelow;
        const second = mixed
          ? dxBelow - dxAbove
          : data[below + left] -
            data[above + left] +
            2 * (data[below + x] - data[above + x]) +
            data[below + right] -
            data[above + right];
        out[here + x] = first * first + second * second;
      }
    }
  };
}
