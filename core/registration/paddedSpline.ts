import { mirrorIndex } from './splineFilter';

/** Samples beyond each border that a cubic spline reads for positions within half a pixel of it. */
export const SPLINE_PADDING = 2;

/**
 * Cubic B-spline coefficients with their mirror image around them, ready for interpolation without
 * border tests: coefficient (y, x) is `data[(y + 2) * stride + x + 2]`.
 */
export interface PaddedSpline {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly data: Float32Array;
}

/**
 * Surrounds spline coefficients by two mirrored rows and columns (d c b a | a b c d | d c b a).
 *
 * @param coefficients row-major (y, x)
 */
export function paddedSpline(
  coefficients: Float64Array,
  width: number,
  height: number,
): PaddedSpline {
  const stride = width + 2 * SPLINE_PADDING;
  const data = new Float32Array(stride * (height + 2 * SPLINE_PADDING));
  for (let y = -SPLINE_PADDING; y < height + SPLINE_PADDING; y++) {
    const from = mirrorIndex(y, height) * width;
    const to = (y + SPLINE_PADDING) * stride + SPLINE_PADDING;
    for (let x = 0; x < width; x++) data[to + x] = coefficients[from + x];
    for (let x = 1; x <= SPLINE_PADDING; x++) {
      data[to - x] = coefficients[from + mirrorIndex(-x, width)];
      data[to + width - 1 + x] = coefficients[from + mirrorIndex(width - 1 + x, width)];
    }
  }
  return { width, height, stride, data };
}
