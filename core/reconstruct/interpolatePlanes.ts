import type { ZInterpolation } from './zInterpolationWeights';
import { zInterpolationWeights } from './zInterpolationWeights';

/**
 * The plane at `targetUm`, interpolated along z from measured planes: what a reconstruction has to beat.
 *
 * @param planes row-major (y, x) samples, all of one length
 * @param zUm position of each plane in micrometres, in any order
 * @throws RangeError when the planes differ in length or number from the positions
 */
export function interpolatePlanes(
  planes: readonly Float32Array[],
  zUm: readonly number[],
  targetUm: number,
  method: ZInterpolation,
): Float32Array<ArrayBuffer> {
  const length = planes[0]?.length ?? 0;
  if (planes.length !== zUm.length || planes.some((plane) => plane.length !== length)) {
    throw new RangeError('Every plane needs one position and the same size.');
  }
  const weights = zInterpolationWeights(zUm, targetUm, method);
  const result = new Float32Array(length);
  planes.forEach((plane, index) => {
    const weight = weights[index] ?? 0;
    if (weight === 0) return;
    for (let i = 0; i < length; i++) result[i] = (result[i] ?? 0) + weight * (plane[i] ?? 0);
  });
  return result;
}
