import { depthOfFocusUm } from '#core/optics/fit/DepthTransfer';
import { neighboursOf } from '#core/optics/fit/neighboursOf';
import type { FittedPoints } from './findPoints';
import { PointCanvas } from './PointCanvas';
import { PointPlanes } from './PointPlanes';
import { PointSpread } from './PointSpread';
import { NUMBERS_PER_POINT } from './samplePoints';

/**
 * What points look like at a height, as the mean of the arrangements that were drawn, on the background that lies
 * between those of the planes that they explain: row-major (y, x), in their unit.
 *
 * @param zUm height in micrometres, within the range of the points' field
 */
export function pointsImage(
  { field, spread, drawn, zUm: planesUm, backgrounds }: FittedPoints,
  zUm: number,
): Float32Array<ArrayBuffer> {
  const { lower, upper, share } = neighboursOf(planesUm, zUm);
  const table = new PointSpread(spread);
  const canvas = new PointCanvas(field, [zUm], table);
  const { rest } = canvas.planes[0]!;
  const above = backgrounds[upper]!;
  backgrounds[lower]!.forEach((value, i) => (rest[i] = value * (1 - share) + above[i]! * share));
  const on = new PointPlanes(table, canvas, depthOfFocusUm(field.system));
  for (let i = 0; i < drawn.length; i += NUMBERS_PER_POINT) {
    const point = { xPx: drawn[i]!, yPx: drawn[i + 1]!, zUm: drawn[i + 2]!, light: drawn[i + 3]! };
    on.add(point, 1);
  }
  return rest.slice();
}
