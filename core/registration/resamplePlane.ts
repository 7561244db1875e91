import type { PixelType } from '#core/image/PixelType';
import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';
import type { Matrix3 } from './Matrix3';
import { IDENTITY_MATRIX } from './Matrix3';
import { interpolateRow, interpolateShiftedRow, overlapOfRow } from './mappedRow';
import { paddedSpline } from './paddedSpline';
import { samplesToCoefficients } from './splineFilter';

/** How {@link resamplePlane} reads between pixels, and what it writes. */
export interface ResampleOptions {
  /** @default 'cubic', a cubic B-spline with mirrored borders */
  readonly interpolation?: 'cubic' | 'linear' | 'nearest';
  /**
   * What a pixel gets whose position, rounded to the nearest pixel, lies outside the plane:
   * 0 as in StackReg, the value at the nearest point of the plane, or a value of choice.
   * @default 'zero'
   */
  readonly border?: 'zero' | 'edge' | number;
  /**
   * The pixel type that the result will be stored in. For integers the values are rounded, halves
   * up, and limited to the range of the type, so that the overshoot of the spline cannot make
   * negative pixels or wrap around. @default 'float32', which keeps every value as it comes
   */
  readonly clampTo?: PixelType;
}

/** Reads a plane between its pixels; positions must lie within half a pixel of the plane. */
interface Sampler {
  at(u: number, v: number): number;
  row(matrix: Matrix3, y: number, first: number, end: number, out: Float64Array): void;
}

function cubicSampler({ width, height, data }: Plane): Sampler {
  let mean = 0;
  for (let i = 0; i < data.length; i++) mean += data[i] / data.length;
  if (!Number.isFinite(mean)) {
    throw new AxialError(
      'ImpossibleRequestError',
      'The plane holds pixels that are not finite numbers, which cubic interpolation would spread.',
      'Replace NaN and infinite pixels first, or choose nearest or linear interpolation.',
    );
  }
  // Relative to the mean, single precision holds the structure, not the background.
  const coefficients = Float64Array.from(data, (value) => value - mean);
  samplesToCoefficients(coefficients, width, height, 3);
  const spline = paddedSpline(coefficients, width, height);
  const value = new Float64Array(1);
  return {
    at: (u, v) => {
      interpolateShiftedRow(spline, u, v, 0, 1, value);
      return value[0] + mean;
    },
    row: (matrix, y, first, end, out) => {
      interpolateRow(spline, matrix, y, first, end, out);
      for (let x = first; x < end; x++) out[x] += mean;
    },
  };
}

/** Calls `at` for every pixel of the row. */
function rowByPoints(at: Sampler['at']): Sampler['row'] {
  return ([[xx, xy, x0], [yx, yy, y0]], y, first, end, out) => {
    for (let x = first; x < end; x++) out[x] = at(xx * x + xy * y + x0, yx * x + yy * y + y0);
  };
}

function linearSampler({ width, height, data }: Plane): Sampler {
  const at = (u: number, v: number): number => {
    const left = Math.floor(u);
    const top = Math.floor(v);
    const f = u - left;
    const g = v - top;
    const x0 = Math.max(left, 0);
    const x1 = Math.min(left + 1, width - 1);
    const upper = Math.max(top, 0) * width;
    const lower = Math.min(top + 1, height - 1) * width;
    const above = f === 0 ? data[upper + x0] : data[upper + x0] * (1 - f) + data[upper + x1] * f;
    if (g === 0) return above;
    const below = f === 0 ? data[lower + x0] : data[lower + x0] * (1 - f) + data[lower + x1] * f;
    return above * (1 - g) + below * g;
  };
  return { at, row: rowByPoints(at) };
}

function nearestSampler({ width, data }: Plane): Sampler {
  const at = (u: number, v: number): number =>
    data[Math.floor(v + 0.5) * width + Math.floor(u + 0.5)];
  return { at, row: rowByPoints(at) };
}

const SAMPLERS = { cubic: cubicSampler, linear: linearSampler, nearest: nearestSampler };

function limitTo(type: PixelType, data: Float32Array): void {
  if (type === 'float32') return;
  const largest = type === 'uint8' ? 255 : 65535;
  for (let i = 0; i < data.length; i++) {
    data[i] = Math.max(0, Math.min(largest, Math.floor(data[i] + 0.5)));
  }
}

function isIdentity(matrix: Matrix3): boolean {
  return matrix.every((row, i) => row.every((value, j) => value === IDENTITY_MATRIX[i][j]));
}

/**
 * Resamples a plane under a transform: output pixel (x, y) takes the value of the plane at
 * `matrix` (x, y). The output has the size of the plane.
 *
 * @param plane row-major (y, x) samples
 * @param matrix maps output pixels to pixels of `plane`, as registration gives it
 * @throws AxialError ImpossibleRequestError for cubic interpolation of pixels that are not finite
 * Source: Unser, Aldroubi & Eden 1993, doi:10.1109/78.193220; borders as in StackReg, Thevenaz,
 * Ruttimann & Unser 1998, doi:10.1109/83.650848.
 */
export function resamplePlane(plane: Plane, matrix: Matrix3, options: ResampleOptions = {}): Plane {
  const { interpolation = 'cubic', border = 'zero', clampTo = 'float32' } = options;
  const { width, height } = plane;
  const data = new Float32Array(width * height);
  if (isIdentity(matrix)) {
    data.set(plane.data);
  } else {
    const sampler = SAMPLERS[interpolation](plane);
    fillRows(plane, matrix, sampler, border, data);
  }
  limitTo(clampTo, data);
  return { width, height, data };
}

function fillRows(
  { width, height }: Plane,
  matrix: Matrix3,
  sampler: Sampler,
  border: NonNullable<ResampleOptions['border']>,
  data: Float32Array,
): void {
  const [[xx, xy, x0], [yx, yy, y0]] = matrix;
  const line = new Float64Array(width);
  const range = new Int32Array(2);
  const outside = border === 'zero' || border === 'edge' ? 0 : border;
  for (let y = 0; y < height; y++) {
    overlapOfRow(matrix, y, width, { width, height }, range);
    const [first, end] = range;
    if (first < end) sampler.row(matrix, y, first, end, line);
    for (let x = 0; x < width; x++) {
      if (x >= first && x < end) continue;
      line[x] = outside;
      if (border !== 'edge') continue;
      const u = Math.max(0, Math.min(width - 1, xx * x + xy * y + x0));
      const v = Math.max(0, Math.min(height - 1, yx * x + yy * y + y0));
      line[x] = sampler.at(u, v);
    }
    data.set(line, y * width);
  }
}
