import type { SurfaceField, SurfacePlacement } from './heightsAlong';
import { heightsAlong } from './heightsAlong';

/**
 * The wall of a cylinder that lies on its side, its axis across the direction of the placement. Its
 * crest stands at the centre of the field; it falls away on both sides, or rises where the radius is
 * negative. Further out than the radius it stays at the height of the axis.
 *
 * @param radiusUm not 0
 * @returns heights in micrometres, row-major (y, x)
 * @throws RangeError when the radius is 0 or not finite
 */
export function cylinder(
  field: SurfaceField,
  placement: SurfacePlacement,
  radiusUm: number,
): Float32Array<ArrayBuffer> {
  if (!Number.isFinite(radiusUm) || radiusUm === 0) {
    throw new RangeError(`A cylinder cannot have a radius of ${radiusUm} um.`);
  }
  return heightsAlong(
    field,
    placement,
    (distanceUm) =>
      Math.sign(radiusUm) * Math.sqrt(Math.max(0, radiusUm ** 2 - distanceUm ** 2)) - radiusUm,
  );
}
