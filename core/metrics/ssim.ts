import type { Plane } from '#core/image/Plane';
import { measured, unmeasured, type Measured } from './Measured';
import { requireSameSize } from './requireSameSize';
import { SSIM_WINDOW_PX, structuralSimilarity } from './structuralSimilarity';

/**
 * Structural similarity of two planes: Gaussian window of 11 x 11 pixels (sigma 1.5), population
 * covariance, mean over the region where the window fits. 1 for equal planes.
 *
 * @param dataRange the range L of the data in grey levels, to be stated in every report
 * @returns the gap 'too-small' when a side is below 11 pixels
 * @throws AxialError ImpossibleRequestError when the sizes differ; RangeError when the range is not positive
 * @see Wang Z. et al., IEEE Trans. Image Processing 13, 2004, doi:10.1109/TIP.2003.819861
 */
export function ssim(result: Plane, truth: Plane, dataRange: number): Measured {
  if (!(dataRange > 0)) throw new RangeError(`The data range must be above 0, not ${dataRange}.`);
  requireSameSize(result, truth);
  const { width, height } = truth;
  if (Math.min(width, height) < SSIM_WINDOW_PX) return unmeasured('too-small');
  return measured(structuralSimilarity(result.data, truth.data, width, height, dataRange).ssim);
}
