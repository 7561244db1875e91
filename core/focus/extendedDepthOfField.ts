import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';
import { createEdf, type EdfOptions } from './createEdf';
import type { EdfResult } from './EdfAccumulator';

/**
 * Fuses planes held in memory into one image that is sharp everywhere.
 *
 * @param planes planes of one size, ordered in z
 * @throws AxialError ImpossibleRequestError when there is no plane, sizes differ or values are not finite
 */
export function extendedDepthOfField(
  planes: readonly Plane[],
  options: EdfOptions = {},
): EdfResult {
  const first = planes.at(0);
  if (!first) throw noPlanesError();
  const edf = createEdf(first.width, first.height, options);
  for (let pass = 0; pass < edf.passes; pass++) {
    planes.forEach((plane, z) => edf.add(plane, z));
    edf.endPass();
  }
  return edf.finish();
}

/** The failure of a fusion of nothing. */
export function noPlanesError(): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    'There are no planes to fuse.',
    'Choose a stack of at least one plane.',
  );
}
