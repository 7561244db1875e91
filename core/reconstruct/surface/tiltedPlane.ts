import type { SurfaceField, SurfacePlacement } from './heightsAlong';
import { heightsAlong } from './heightsAlong';

/**
 * A plane that rises by `tiltDeg` degrees in its direction, such as a slide that lies askew.
 *
 * @returns heights in micrometres, row-major (y, x)
 * @throws RangeError when the plane is upright or steeper
 */
export function tiltedPlane(
  field: SurfaceField,
  placement: SurfacePlacement,
  tiltDeg: number,
): Float32Array<ArrayBuffer> {
  if (!(Math.abs(tiltDeg) < 90)) throw new RangeError(`A plane cannot rise by ${tiltDeg} degrees.`);
  const slope = Math.tan((tiltDeg * Math.PI) / 180);
  return heightsAlong(field, placement, (distanceUm) => slope * distanceUm);
}
