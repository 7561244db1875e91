import type { Plane } from '#core/image/Plane';
import { measured, unmeasured, type Measured } from './Measured';
import { requireSameSize } from './requireSameSize';
import { structuralSimilarity, type ImageValues } from './structuralSimilarity';

/** Weights of the scales, finest first. */
const SCALE_WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

/** Smallest side in pixels: the window must fit after four halvings. */
export const MS_SSIM_MIN_SIDE_PX = 176;

/**
 * Multi-scale structural similarity over five scales, as TensorFlow computes it: means of 2 x 2 pixels
 * between scales (an odd last row or column is repeated), and negative terms count as 0.
 *
 * @param dataRange the range L of the data in grey levels, to be stated in every report
 * @returns the gap 'too-small' when a side is below 176 pixels
 * @throws AxialError ImpossibleRequestError when the sizes differ; RangeError when the range is not positive
 * @see Wang Z., Simoncelli E. P., Bovik A. C., Asilomar Conference on Signals, Systems and Computers, 2003,
 * doi:10.1109/ACSSC.2003.1292216
 */
export function msSsim(result: Plane, truth: Plane, dataRange: number): Measured {
  if (!(dataRange > 0)) throw new RangeError(`The data range must be above 0, not ${dataRange}.`);
  requireSameSize(result, truth);
  let { width, height } = truth;
  if (Math.min(width, height) < MS_SSIM_MIN_SIDE_PX) return unmeasured('too-small');
  let x: ImageValues = result.data;
  let y: ImageValues = truth.data;
  let product = 1;
  for (const [scale, weight] of SCALE_WEIGHTS.entries()) {
    const similarity = structuralSimilarity(x, y, width, height, dataRange);
    const coarsest = scale === SCALE_WEIGHTS.length - 1;
    const term = coarsest ? similarity.ssim : similarity.contrastStructure;
    product *= Math.max(0, term) ** weight;
    if (coarsest) break;
    x = halveImage(x, width, height);
    y = halveImage(y, width, height);
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
  }
  return measured(product);
}

/** Means of 2 x 2 pixels; sides are rounded up, the last row or column standing for the missing one. */
function halveImage(values: ImageValues, width: number, height: number): Float64Array {
  const halfWidth = Math.ceil(width / 2);
  const halfHeight = Math.ceil(height / 2);
  const half = new Float64Array(halfWidth * halfHeight);
  for (let y = 0; y < halfHeight; y++) {
    const top = 2 * y * width;
    const bottom = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < halfWidth; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      half[y * halfWidth + x] =
        (values[top + left] +
          values[top + right] +
          values[bottom + left] +
          values[bottom + right]) /
        4;
    }
  }
  return half;
}
