import type { EdfResult } from './EdfResult';
import type { EdfWork } from './edfWork';
import type { PlanePasses } from './planePasses';
import { joinSharpest, nothingSharp, type SharpnessMeasure } from './sharpestPixels';

/**
 * Extended depth of field that takes each pixel from the plane where a local sharpness is largest;
 * the earlier plane wins ties. One pass.
 *
 * @param windowPx side of the window of 'variance' and 'laplacian' in pixels, odd
 * @throws RangeError when the window is not an odd whole number
 */
export async function sharpestPixelEdf(
  passes: PlanePasses,
  work: EdfWork,
  measure: SharpnessMeasure,
  windowPx: number,
): Promise<EdfResult> {
  if (!Number.isInteger(windowPx) || windowPx < 1 || windowPx % 2 === 0) {
    throw new RangeError(`The window must be an odd number of pixels, not ${windowPx}.`);
  }
  const { width, height } = passes;
  const best = nothingSharp(width * height);
  await passes.each({
    share: 1,
    work: (batch) => work.sharpestPixels({ ...batch, measure, windowPx }),
    take: (later) => joinSharpest(best, later),
  });
  return {
    fused: { width, height, data: best.values },
    heightMap: { width, height, data: best.planeIndex },
    surface: null,
    unassigned: null,
  };
}
