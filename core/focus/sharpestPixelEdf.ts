import type { EdfResult } from './EdfResult';
import type { EdfWork } from './edfWork';
import type { PlanePasses } from './planePasses';
import { joinSharpest, nothingSharp, type SharpnessMeasure } from './sharpestPixels';

/**
 * Extended depth of field that takes each pixel from the plane where a local sharpness is largest;
 * the earlier plane wins ties. One pass.
 *
 * @param windowPx side of the window of 'variance' and 'laplacian' in pixels, odd
 */
export async function sharpestPixelEdf(
  passes: PlanePasses,
  work: EdfWork,
  measure: SharpnessMeasure,
  windowPx: number,
): Promise<EdfResult> {
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
