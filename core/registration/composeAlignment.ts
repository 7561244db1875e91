import { IDENTITY_MAP, mapAfter } from './PlaneMap';
import type { PlaneMap } from './PlaneMap';
import type { AlignmentPlan } from './planAlignment';

/**
 * Turns the transforms of the pairs into one transform for each plane of the stack, so that every
 * plane is resampled once, from its raw pixels.
 *
 * @param plan which pairs were registered
 * @param pairMaps reference -> moving pixels, in the order of `plan.pairs`
 * @returns for each plane, the map from output pixels to pixels of that plane
 * @throws RangeError when the number of transforms does not fit the plan, or for a chain of bilinear
 * transforms, which is not bilinear
 */
export function composeAlignment(plan: AlignmentPlan, pairMaps: readonly PlaneMap[]): PlaneMap[] {
  const { planeCount, reference, anchor, pairs } = plan;
  if (pairMaps.length !== pairs.length) {
    throw new RangeError(`${pairs.length} pairs were given ${pairMaps.length} transforms.`);
  }
  if (reference === 'previous' && pairMaps.some(({ xy }) => xy)) {
    throw new RangeError('Bilinear transforms cannot be chained.');
  }
  const planes: PlaneMap[] = Array.from({ length: planeCount }, () => IDENTITY_MAP);
  pairs.forEach((pair, index) => {
    planes[pair.moving] = pairMaps[index];
  });
  if (reference !== 'previous') return planes;
  for (let i = anchor - 1; i >= 0; i--) planes[i] = mapAfter(planes[i], planes[i + 1].matrix);
  for (let i = anchor + 1; i < planeCount; i++) {
    planes[i] = mapAfter(planes[i], planes[i - 1].matrix);
  }
  return planes;
}
