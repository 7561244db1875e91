import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';
import type { PlaneMap } from './PlaneMap';
import { localRange } from './localRange';
import { interpolateRow, interpolateShiftedRow } from './mappedRow';
import { paddedSpline } from './paddedSpline';
import { samplesToCoefficients } from './splineFilter';

/** How a plane is read between its pixels. */
export const INTERPOLATIONS = ['cubic', 'linear', 'nearest'] as const;

/** One of {@link INTERPOLATIONS}. */
export type Interpolation = (typeof INTERPOLATIONS)[number];

/** Reads a plane between its pixels; positions must lie within half a pixel of the plane. */
export interface PlaneSampler {
  at(u: number, v: number): number;
  /** `out[x]` for x from `first` up to but not including `end` of row `y`, mapped by `map`. */
  row(map: PlaneMap, y: number, first: number, end: number, out: Float64Array): void;
}

/**
 * Prepares a plane for reading between its pixels.
 *
 * @param limitOvershoot holds a cubic spline within the range of the 4 x 4 samples around
 * @throws AxialError ImpossibleRequestError for cubic interpolation of pixels that are not finite
 * Source: Unser, Aldroubi & Eden 1993, doi:10.1109/78.193220 (cubic B-spline).
 */
export function planeSampler(
  plane: Plane,
  interpolation: Interpolation,
  limitOvershoot: boolean,
): PlaneSampler {
  switch (interpolation) {
    case 'cubic': {
      const sampler = cubicSampler(plane);
      return limitOvershoot ? limitedSampler(plane, sampler) : sampler;
    }
    case 'linear':
      return linearSampler(plane);
    case 'nearest':
      return nearestSampler(plane);
  }
}

function cubicSampler({ width, height, data }: Plane): PlaneSampler {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i];
  const mean = sum / data.length;
  if (!Number.isFinite(mean)) {
    throw new AxialError(
      'ImpossibleRequestError',
      'The plane holds pixels that are not finite numbers, which cubic interpolation would spread.',
      'Replace NaN and infinite pixels first, or choose nearest or linear interpolation.',
    );
  }
  // Relative to the mean, single precision holds the structure, not the background.
  const coefficients = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) coefficients[i] = data[i] - mean;
  samplesToCoefficients(coefficients, width, height, 3);
  const spline = paddedSpline(coefficients, width, height);
  const value = new Float64Array(1);
  return {
    at: (u, v) => {
      interpolateShiftedRow(spline, u, v, 0, 1, value);
      return value[0] + mean;
    },
    row: (map, y, first, end, out) => {
      interpolateRow(spline, map, y, first, end, out);
      for (let x = first; x < end; x++) out[x] += mean;
    },
  };
}

function limitedSampler({ width, height, data }: Plane, sampler: PlaneSampler): PlaneSampler {
  const { stride, low, high } = localRange(data, width, height);
  return {
    at: (u, v) => {
      const cell = (Math.floor(v) + 1) * stride + Math.floor(u) + 1;
      return Math.max(low[cell], Math.min(high[cell], sampler.at(u, v)));
    },
    row: (map, y, first, end, out) => {
      sampler.row(map, y, first, end, out);
      const [du, u0, dv, v0] = alongRow(map, y);
      for (let x = first; x < end; x++) {
        // Positions are above -1, so that cutting off decimals after adding 1 rounds down.
        const cell = ((dv * x + v0 + 1) | 0) * stride + ((du * x + u0 + 1) | 0);
        const value = out[x];
        if (value < low[cell]) out[x] = low[cell];
        else if (value > high[cell]) out[x] = high[cell];
      }
    },
  };
}

/** The straight line that a row is mapped to: (u, v) = (du x + u0, dv x + v0). */
function alongRow({ matrix, xy }: PlaneMap, y: number): readonly [number, number, number, number] {
  const [[a, b, c], [d, e, f]] = matrix;
  const [p, q] = xy ?? [0, 0];
  return [a + p * y, b * y + c, d + q * y, e * y + f];
}

/** Reads every pixel of a row by itself. */
function rowByPoints(at: PlaneSampler['at']): PlaneSampler['row'] {
  return (map, y, first, end, out) => {
    const [du, u0, dv, v0] = alongRow(map, y);
    for (let x = first; x < end; x++) out[x] = at(du * x + u0, dv * x + v0);
  };
}

function linearSampler({ width, height, data }: Plane): PlaneSampler {
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

function nearestSampler({ width, data }: Plane): PlaneSampler {
  const at = (u: number, v: number): number =>
    data[Math.floor(v + 0.5) * width + Math.floor(u + 0.5)];
  return { at, row: rowByPoints(at) };
}
