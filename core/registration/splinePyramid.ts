import { coefficientsToSamples, mirrorIndex, samplesToCoefficients } from './splineFilter';

/** Cubic B-spline coefficients of one resolution, row-major (y, x). */
export interface SplineLevel {
  readonly width: number;
  readonly height: number;
  readonly coefficients: Float64Array;
}

/** No level may have a side shorter than this. */
const SMALLEST_SIDE_PX = 12;

/** Halves the grid: low-pass [1 4 6 4 1] / 16, then every second sample, starting with the first. */
function halve(data: Float64Array, width: number, height: number): Float64Array {
  const halfWidth = width >> 1;
  const halfHeight = height >> 1;
  const narrow = new Float64Array(halfWidth * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < halfWidth; x++) {
      const c = 2 * x;
      const inside = c >= 2 && c + 2 < width;
      const left2 = inside ? c - 2 : mirrorIndex(c - 2, width);
      const left = inside ? c - 1 : mirrorIndex(c - 1, width);
      const right = inside ? c + 1 : mirrorIndex(c + 1, width);
      const right2 = inside ? c + 2 : mirrorIndex(c + 2, width);
      narrow[y * halfWidth + x] =
        (6 * data[row + c] +
          4 * (data[row + left] + data[row + right]) +
          data[row + left2] +
          data[row + right2]) /
        16;
    }
  }
  const half = new Float64Array(halfWidth * halfHeight);
  for (let y = 0; y < halfHeight; y++) {
    const centre = 2 * y * halfWidth;
    const above2 = mirrorIndex(2 * y - 2, height) * halfWidth;
    const above = mirrorIndex(2 * y - 1, height) * halfWidth;
    const below = mirrorIndex(2 * y + 1, height) * halfWidth;
    const below2 = mirrorIndex(2 * y + 2, height) * halfWidth;
    for (let x = 0; x < halfWidth; x++) {
      half[y * halfWidth + x] =
        (6 * narrow[centre + x] +
          4 * (narrow[above + x] + narrow[below + x]) +
          narrow[above2 + x] +
          narrow[below2 + x]) /
        16;
    }
  }
  return half;
}

/**
 * Number of pyramid levels of a plane: halve while both sides stay at 12 pixels or more; at least 1.
 */
export function pyramidDepth(width: number, height: number): number {
  let depth = 1;
  let side = Math.min(width, height);
  while (side >= 2 * SMALLEST_SIDE_PX) {
    side >>= 1;
    depth++;
  }
  return depth;
}

/**
 * Least-squares cubic spline pyramid: each level is the spline of half the resolution that is
 * closest to the level before it. Sample j of a level lies at sample 2 j of the finer one.
 *
 * @param samples row-major (y, x) samples; not changed
 * @returns levels from fine to coarse
 * Source: Unser, Aldroubi & Eden 1993, doi:10.1109/34.210190; use for registration by
 * Thevenaz, Ruttimann & Unser 1998, doi:10.1109/83.650848.
 */
export function splinePyramid(
  samples: Float64Array,
  width: number,
  height: number,
  depth: number,
): SplineLevel[] {
  const coefficients = samples.slice();
  samplesToCoefficients(coefficients, width, height, 3);
  let level: SplineLevel = { width, height, coefficients };
  const levels = [level];
  while (levels.length < depth) {
    const dual = level.coefficients.slice();
    coefficientsToSamples(dual, level.width, level.height, 7);
    const half = halve(dual, level.width, level.height);
    const size = { width: level.width >> 1, height: level.height >> 1 };
    samplesToCoefficients(half, size.width, size.height, 7);
    level = { ...size, coefficients: half };
    levels.push(level);
  }
  return levels;
}
