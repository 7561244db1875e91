import type { ImagingPlan } from './ImagingPlan';
import { eachFrequency } from '#core/util/fourier/SpectrumLayout';

/**
 * The haze of a stack in a band of frequencies: the mean of all images, blurred by a Gaussian.
 *
 * @param images for each image its band, interleaved (re, im)
 * @param from first frequency of the band
 * @param radiusUm standard deviation of the blur in micrometres
 */
export function hazeSpectrum(
  plan: ImagingPlan,
  images: readonly Float32Array[],
  from: number,
  radiusUm: number,
): Float32Array<ArrayBuffer> {
  const haze = new Float32Array(images[0]!.length);
  for (const image of images) {
    for (let i = 0; i < haze.length; i++) haze[i] = haze[i]! + image[i]! / images.length;
  }
  eachFrequency(plan.layout, from, from + haze.length / 2, (at, fx, fy) => {
    const square = (fx / plan.fieldUm[0]) ** 2 + (fy / plan.fieldUm[1]) ** 2;
    const gain = Math.exp(-2 * square * (Math.PI * radiusUm) ** 2);
    const i = 2 * (at - from);
    haze[i] = haze[i]! * gain;
    haze[i + 1] = haze[i + 1]! * gain;
  });
  return haze;
}
