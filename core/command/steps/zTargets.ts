import { AxialError } from '#core/util/errors';

/** Which planes to make. At most one of the three says more than its default. */
export interface TargetRequest {
  /** At the heights of these planes of the stack. */
  readonly planes: 'all' | readonly number[];
  /** START:STOP:STEP or a list of heights, in micrometres from the first plane. */
  readonly z: string | null;
  /** One plane every so many micrometres, from the lowest to the highest plane of the stack. */
  readonly spacingUm: number | null;
}

/** A range START:STOP:STEP, or a list with commas, in micrometres. */
export const HEIGHTS_PATTERN = /^-?[\d.]+(:-?[\d.]+:[\d.]+|(,-?[\d.]+)*)$/;

const MOST_TARGETS = 100_000;

/**
 * Heights of the planes to make, in micrometres from the first plane of the stack.
 *
 * @param stackZUm heights of the stack's planes
 * @throws AxialError UsageError when two ways are given at once, ImpossibleRequestError for a plane
 *   that is not there or a range without planes
 */
export function zTargets(request: TargetRequest, stackZUm: readonly number[]): number[] {
  requireOneWay(request);
  const { planes, z, spacingUm } = request;
  if (z !== null) return z.includes(':') ? zRange(z) : zList(z);
  if (spacingUm !== null) {
    return heightsFrom(
      Math.min(...stackZUm),
      Math.max(...stackZUm),
      spacingUm,
      `A spacing of ${spacingUm} um`,
    );
  }
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

function requireOneWay({ planes, z, spacingUm }: TargetRequest): void {
  if ([planes !== 'all', z !== null, spacingUm !== null].filter(Boolean).length <= 1) return;
  throw new AxialError(
    'UsageError',
    'The planes to make are given in two ways.',
    'Give either --planes or --z or --spacing-um.',
  );
}

function zRange(text: string): number[] {
  const [start, stop, step] = text.split(':').map(Number);
  return heightsFrom(start, stop, step, `The range ${text}`);
}

function zList(text: string): number[] {
  const heights = text.split(',').map(Number);
  if (heights.every(Number.isFinite)) return heights;
  throw new AxialError(
    'UsageError',
    `"${text}" is no list of heights.`,
    'Write heights in micrometres, such as 0.5,1.2,3.',
  );
}

function heightsFrom(startUm: number, stopUm: number, stepUm: number, what: string): number[] {
  const count = Math.floor((stopUm - startUm) / stepUm + 1e-9) + 1;
  if (!(stepUm > 0) || !(count >= 1) || count > MOST_TARGETS) {
    throw new AxialError(
      'ImpossibleRequestError',
      `${what} holds no planes, or too many.`,
      'Write START:STOP:STEP in micrometres with a positive step, such as 0:12:0.2.',
    );
  }
  // Rounded to a picometre, so that 3 * 0.1 is 0.3 in the file.
  return Array.from({ length: count }, (_, i) => Math.round((startUm + i * stepUm) * 1e6) / 1e6);
}
