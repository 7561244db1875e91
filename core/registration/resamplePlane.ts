import type { PixelType } from '#core/image/PixelType';
import type { Plane } from '#core/image/Plane';
import { isIdentityMap, mapPoint } from './PlaneMap';
import type { PlaneMap } from './PlaneMap';
import { overlapOfRow } from './mappedRow';
import { planeSampler } from './planeSampler';
import type { Interpolation, PlaneSampler } from './planeSampler';

/** How {@link resamplePlane} reads between pixels, and what it writes. */
export interface ResampleOptions {
  /** @default 'cubic', a cubic B-spline with mirrored borders */
  readonly interpolation?: Interpolation;
  /**
   * What becomes of the overshoot of the cubic spline beside sharp edges: `limit` holds every pixel
   * within the range of the 4 x 4 input pixels around its position, `keep` leaves the spline as it is,
   * as StackReg does. @default 'limit'
   */
  readonly overshoot?: 'limit' | 'keep';
  /**
   * What a pixel gets whose position, rounded to the nearest pixel, lies outside the plane:
   * 0 as in StackReg, the value at the nearest point of the plane, or a value of choice.
   * @default 'zero'
   */
  readonly border?: 'zero' | 'edge' | number;
  /**
   * The pixel type that the result will be stored in. For integers the values are rounded, halves
   * up, and limited to the range of the type. @default 'float32', which keeps every value as it comes
   */
  readonly clampTo?: PixelType;
}

function limitTo(type: PixelType, data: Float32Array): void {
  if (type === 'float32') return;
  const largest = type === 'uint8' ? 255 : 65535;
  for (let i = 0; i < data.length; i++) {
    data[i] = Math.max(0, Math.min(largest, Math.floor(data[i] + 0.5)));
  }
}

/**
 * Resamples a plane under a transform: output pixel (x, y) takes the value of the plane at
 * `map` (x, y). The output has the size of the plane.
 *
 * @param plane row-major (y, x) samples
 * @param map maps output pixels to pixels of `plane`, as registration gives it
 * @throws AxialError ImpossibleRequestError for cubic interpolation of pixels that are not finite
 * Source: Unser, Aldroubi & Eden 1993, doi:10.1109/78.193220; borders as in StackReg, Thevenaz,
 * Ruttimann & Unser 1998, doi:10.1109/83.650848.
 */
export function resamplePlane(plane: Plane, map: PlaneMap, options: ResampleOptions = {}): Plane {
  const { interpolation = 'cubic', overshoot = 'limit', border = 'zero' } = options;
  const { width, height } = plane;
  const data = new Float32Array(width * height);
  if (isIdentityMap(map)) {
    data.set(plane.data);
  } else {
    const sampler = planeSampler(plane, interpolation, overshoot === 'limit');
    fillRows(plane, map, sampler, border, data);
  }
  limitTo(options.clampTo ?? 'float32', data);
  return { width, height, data };
}

function fillRows(
  { width, height }: Plane,
  map: PlaneMap,
  sampler: PlaneSampler,
  border: NonNullable<ResampleOptions['border']>,
  data: Float32Array,
): void {
  const line = new Float64Array(width);
  const range = new Int32Array(2);
  const outside = border === 'zero' || border === 'edge' ? 0 : border;
  for (let y = 0; y < height; y++) {
    overlapOfRow(map, y, width, { width, height }, range);
    const [first, end] = range;
    if (first < end) sampler.row(map, y, first, end, line);
    for (let x = 0; x < width; x++) {
      if (x >= first && x < end) continue;
      line[x] = outside;
      if (border !== 'edge') continue;
      const [u, v] = mapPoint(map, x, y);
      line[x] = sampler.at(
        Math.max(0, Math.min(width - 1, u)),
        Math.max(0, Math.min(height - 1, v)),
      );
    }
    data.set(line, y * width);
  }
}
