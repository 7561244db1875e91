import type { ImagingPlan } from './ImagingPlan';
import type { ShiftedSpectrum } from '#core/util/fourier/SpectrumToPlane';
import { SpectrumToPlane } from '#core/util/fourier/SpectrumToPlane';

/**
 * The stack's part of images given by their spectra.
 *
 * @param images spectra in the plan's layout
 * @returns planes of the stack's size, row-major (y, x)
 */
export function renderedPlanes(
  plan: ImagingPlan,
  images: readonly ShiftedSpectrum[],
): Float32Array<ArrayBuffer>[] {
  const length = plan.crop.width * plan.crop.height;
  const planes = images.map(() => new Float32Array(length));
  const transform = new SpectrumToPlane(plan.layout, plan.crop);
  for (let z = 0; z < images.length; z += 2) {
    const second = Math.min(z + 1, images.length - 1);
    const secondPlane = second === z ? new Float32Array(length) : planes[second]!;
    transform.transformPair(images[z]!, images[second]!, [planes[z]!, secondPlane]);
  }
  return planes;
}
