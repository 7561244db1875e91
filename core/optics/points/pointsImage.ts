import { neighboursOf } from '#core/optics/fit/neighboursOf';
import type { FittedPoints } from './findPoints';
import { PointPlanes } from './PointPlanes';
import { PointSpread } from './PointSpread';

/**
 * What points look like at a height, on the background that lies between those of the planes that they explain:
 * row-major (y, x), in their unit.
 *
 * @param zUm height in micrometres, within the range of the points' field
 */
export function pointsImage(
  { field, spread, points, zUm: planesUm, backgrounds }: FittedPoints,
  zUm: number,
): Float32Array<ArrayBuffer> {
  const { lower, upper, share } = neighboursOf(planesUm, zUm);
  const above = backgrounds[upper]!;
  const image = backgrounds[lower]!.map((value, i) => value * (1 - share) + above[i]! * share);
  const on = new PointPlanes(new PointSpread(spread), field, [], 1);
  for (const point of points) on.addTo(image, zUm, point);
  return image;
}
