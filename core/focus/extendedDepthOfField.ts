import type { Plane } from '#core/image/Plane';
import type { EdfResult } from './EdfResult';
import { fusePlanes, type FusePlanesOptions } from './fusePlanes';

/** Fuses planes held in memory; as `fusePlanes`. */
export function extendedDepthOfField(
  planes: readonly Plane[],
  options: FusePlanesOptions = {},
): Promise<EdfResult> {
  return fusePlanes(planes.length, (z) => Promise.resolve(planes[z]), options);
}
