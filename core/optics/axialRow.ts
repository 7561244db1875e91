import type { ImagingPlan } from './ImagingPlan';

/**
 * Where a distance between emitting and imaged plane stands in a convolution along z: light from a deeper
 * plane reaches an image that lies so much less deep.
 *
 * @param index of the distance, as `defocusRange` counts them
 * @param length planes of the transform
 */
export function axialRow(plan: ImagingPlan, index: number, length: number): number {
  const deepest = (plan.imageCount - 1) * plan.planeStride + plan.firstPlane;
  return (((deepest - index) % length) + length) % length;
}
