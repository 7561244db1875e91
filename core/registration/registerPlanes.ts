import type { TransformModel } from './TransformModel';
import { registerPyramids } from './registerPair';
import type { PairRegistration, RegistrationOptions } from './registerPair';
import { registrationPyramid } from './registrationPyramid';
import type { MaskedPlane, RegistrationPyramid } from './registrationPyramid';

/** Two of a list of planes, by their numbers in it. */
export interface PlanePair {
  readonly reference: number;
  readonly moving: number;
  /** See `RegistrationOptions.reversed`. @default false */
  readonly reversed?: boolean;
}

/**
 * Registers several pairs of a few planes, preparing each plane once, however many pairs it is in,
 * and letting go of it after its last pair.
 *
 * @param planes of one size, row-major (y, x); pixels that a mask leaves out are never compared
 * @returns the registrations in the order of `pairs`
 * @throws RangeError when planes differ in size
 * @throws AxialError ImpossibleRequestError for pixels that are not finite
 */
export function registerPlanes(
  planes: readonly MaskedPlane[],
  pairs: readonly PlanePair[],
  model: TransformModel,
  options: RegistrationOptions = {},
): PairRegistration[] {
  const last = new Map<number, number>();
  pairs.forEach(({ reference, moving }, i) => {
    last.set(reference, i);
    last.set(moving, i);
  });
  const ready = new Map<number, RegistrationPyramid>();
  const prepared = (index: number): RegistrationPyramid => {
    const pyramid = ready.get(index) ?? registrationPyramid(planes[index]);
    ready.set(index, pyramid);
    return pyramid;
  };
  return pairs.map(({ reference, moving, reversed }, i) => {
    options.signal?.throwIfAborted();
    const result = registerPyramids(prepared(reference), prepared(moving), model, {
      ...options,
      reversed,
    });
    for (const index of [reference, moving]) if (last.get(index) === i) ready.delete(index);
    return result;
  });
}
