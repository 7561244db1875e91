import type { Plane } from '#core/image/Plane';
import type { Normalisation, NormalisationMethod } from './Normalisation';
import { paperNormalisation } from './paperNormalisation';
import { pluginNormalisation } from './pluginNormalisation';

/**
 * Offset and scale of a stack by a named method.
 *
 * @param edf all-in-focus image of the stack, or the single input image
 * @param threshold values above it are foreground, in grey levels
 * @throws AxialError ImpossibleRequestError when values are not finite or no positive scale follows
 */
export function estimateNormalisation(
  edf: Plane,
  threshold: number,
  method: NormalisationMethod = 'paper',
): Normalisation {
  switch (method) {
    case 'paper':
      return paperNormalisation(edf, threshold);
    case 'plugin':
      return pluginNormalisation(edf, threshold);
  }
}
