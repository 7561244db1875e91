import { IDENTITY_MATRIX, composeMatrices } from './Matrix3';
import type { Matrix3 } from './Matrix3';
import type { AlignmentPlan } from './planAlignment';

/**
 * Turns the transforms of the pairs into one transform for each plane of the stack, so that every
 * plane is resampled once, from its raw pixels.
 *
 * @param plan which pairs were registered
 * @param pairMatrices reference -> moving pixels, in the order of `plan.pairs`
 * @returns for each plane, the map from output pixels to pixels of that plane
 * @throws RangeError when the number of transforms does not fit the plan
 */
export function composeAlignment(plan: AlignmentPlan, pairMatrices: readonly Matrix3[]): Matrix3[] {
  const { planeCount, reference, anchor, pairs } = plan;
  if (pairMatrices.length !== pairs.length) {
    throw new RangeError(`${pairs.length} pairs were given ${pairMatrices.length} transforms.`);
  }
  const planes: Matrix3[] = Array.from({ length: planeCount }, () => IDENTITY_MATRIX);
  pairs.forEach((pair, index) => {
    planes[pair.moving] = pairMatrices[index];
  });
  if (reference !== 'previous') return planes;
  for (let i = anchor - 1; i >= 0; i--) planes[i] = composeMatrices(planes[i], planes[i + 1]);
  for (let i = anchor + 1; i < planeCount; i++) {
    planes[i] = composeMatrices(planes[i], planes[i - 1]);
  }
  return planes;
}
