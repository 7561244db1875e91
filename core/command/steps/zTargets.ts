import { AxialError } from '#core/util/errors';

/** Which planes to make: all of the stack's, some of them, or a range of heights. */
export interface TargetRequest {
  readonly planes: 'all' | readonly number[];
  /** START:STOP:STEP in micrometres from the first plane; wins over `planes`. */
  readonly z: string | null;
}

const MOST_TARGETS = 100_000;

/**
 * Heights of the planes to make, in micrometres from the first plane of the stack.
 *
 * @param stackZUm heights of the stack's planes
 * @throws AxialError ImpossibleRequestError for a plane that is not there or a range without planes
 */
export function zTargets({ planes, z }: TargetRequest, stackZUm: readonly number[]): number[] {
  if (z !== null) return zRange(z);
  if (planes === 'all') return [...stackZUm];
  requirePlanes(planes, stackZUm.length);
  return planes.map((index) => stackZUm[index]);
}

/** Fails when a plane number is not one of `planeCount` planes. */
export function requirePlanes(planes: readonly number[], planeCount: number): void {
  const missing = planes.find((index) => index < 0 || index >= planeCount);
  if (missing === undefined) return;
  throw new AxialError(
    'ImpossibleRequestError',
    `There is no plane ${missing}; the stack has ${planeCount}.`,
    `Planes count from 0 to ${planeCount - 1}.`,
    { details: { plane: missing, planes: planeCount } },
  );
}

function zRange(text: string): number[] {
  const [start, stop, step] = text.split(':').map(Number);
  const count = Math.floor((stop - start) / step + 1e-9) + 1;
  if (!(step > 0) || !(count >= 1) || count > MOST_TARGETS) {
    throw new AxialError(
      'ImpossibleRequestError',
      `The range ${text} holds no planes, or too many.`,
      'Write START:STOP:STEP in micrometres with a positive step, such as 0:12:0.2.',
    );
  }
  // Rounded to a picometre, so that 3 * 0.1 is 0.3 in the file.
  return Array.from({ length: count }, (_, i) => Math.round((start + i * step) * 1e6) / 1e6);
}
