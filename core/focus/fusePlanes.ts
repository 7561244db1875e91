import type { Plane } from '#core/image/Plane';
import { cancelledError } from '#core/util/errors';
import { createEdf, type EdfOptions } from './createEdf';
import type { EdfResult } from './EdfAccumulator';
import { noPlanesError } from './extendedDepthOfField';

/** Choices of a fusion that reads its planes when needed. */
export interface FusePlanesOptions extends EdfOptions {
  readonly signal?: AbortSignal;
  /** Called after every plane with the fraction done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Fuses planes that are read when needed; each is read once per pass, and only one is held at a time.
 *
 * @param planeCount number of planes
 * @param readPlane gives plane z, counted from 0; asked again, it must give the same values
 * @throws AxialError CancelledError when `signal` fires; ImpossibleRequestError as `extendedDepthOfField`
 */
export async function fusePlanes(
  planeCount: number,
  readPlane: (z: number) => Promise<Plane>,
  options: FusePlanesOptions = {},
): Promise<EdfResult> {
  const { signal, onProgress } = options;
  if (planeCount < 1) throw noPlanesError();
  throwIfCancelled(signal);
  let plane = await readPlane(0);
  const edf = createEdf(plane.width, plane.height, options);
  for (let pass = 0; pass < edf.passes; pass++) {
    for (let z = 0; z < planeCount; z++) {
      throwIfCancelled(signal);
      if (pass > 0 || z > 0) plane = await readPlane(z);
      edf.add(plane, z);
      onProgress?.((pass * planeCount + z + 1) / (edf.passes * planeCount));
    }
    throwIfCancelled(signal);
    edf.endPass();
  }
  return edf.finish();
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelledError(signal.reason);
}
