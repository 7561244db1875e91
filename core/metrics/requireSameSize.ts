import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';

/**
 * Checks that two planes can be compared pixel by pixel.
 *
 * @throws AxialError ImpossibleRequestError when they differ in size
 */
export function requireSameSize(result: Plane, truth: Plane): void {
  if (result.width === truth.width && result.height === truth.height) return;
  throw new AxialError(
    'ImpossibleRequestError',
    `The result has ${result.width} x ${result.height} pixels, the truth ${truth.width} x ${truth.height}.`,
    'Compare images of one size.',
  );
}
