import { evenlySpacedPlanes } from '#core/reconstruct/evenlySpacedPlanes';
import { AxialError } from '#core/util/errors';
import { requirePlanes } from './zTargets';

/** How the planes that the network sees are chosen. */
export const INPUT_CHOICES = ['user', 'nearest', 'even', 'suggested'] as const;

/** The parameters that say which planes the network sees. */
export interface InputRequest {
  readonly inputs: readonly number[] | null;
  /** Heights in micrometres from the first plane. */
  readonly inputZ: readonly number[] | null;
  readonly choose: Exclude<(typeof INPUT_CHOICES)[number], 'suggested'>;
  /** How many inputs each plane gets when they are not the user's. */
  readonly count: number | null;
}

/** The planes that the network may see, and how many of them serve one target. */
export interface ChosenInputs {
  /** Planes of the stack in rising order, each once. */
  readonly inputs: readonly number[];
  readonly perTarget: number;
}

/**
 * The measured planes that a reconstruction starts from: those that the user names by number or height,
 * `count` evenly spread ones of them (or of all planes), or all of which each target takes its nearest.
 *
 * @param stackZUm heights of the stack's planes
 * @param usualCount inputs that the model was trained for
 * @throws AxialError UsageError when it is not said which, ImpossibleRequestError for a plane or height
 *   that the stack has not got
 */
export function inputPlanes(
  request: InputRequest,
  stackZUm: readonly number[],
  usualCount: number,
): ChosenInputs {
  const named = namedPlanes(request, stackZUm);
  const { choose, count } = request;
  if (choose === 'user') {
    if (named === null) throw noInputs();
    return { inputs: named, perTarget: named.length };
  }
  const candidates = named ?? stackZUm.map((_, index) => index);
  const perTarget = Math.min(count ?? usualCount, candidates.length);
  if (choose === 'nearest') return { inputs: candidates, perTarget };
  const even = evenlySpacedPlanes(
    candidates.map((index) => stackZUm[index]),
    perTarget,
  );
  return { inputs: even.map((i) => candidates[i]).sort((a, b) => a - b), perTarget };
}

/** Planes that the user named, in rising order, each once; `null` when he named none. */
export function namedPlanes(
  { inputs, inputZ }: Pick<InputRequest, 'inputs' | 'inputZ'>,
  stackZUm: readonly number[],
): number[] | null {
  if (inputs !== null && inputZ !== null) {
    throw new AxialError(
      'UsageError',
      'Inputs are given by plane and by height.',
      'Give either --inputs or --input-z.',
    );
  }
  if (inputs !== null) requirePlanes(inputs, stackZUm.length);
  const named = inputs ?? inputZ?.map((zUm) => planeAt(zUm, stackZUm)) ?? null;
  return named && [...new Set(named)].sort((a, b) => a - b);
}

/** The plane nearest to a height, which must lie within half the distance to the next plane. */
function planeAt(zUm: number, stackZUm: readonly number[]): number {
  const distances = stackZUm.map((planeUm) => Math.abs(planeUm - zUm));
  const nearest = distances.indexOf(Math.min(...distances));
  const own = stackZUm[nearest];
  const gaps = stackZUm.filter((z) => z !== own).map((z) => Math.abs(z - own));
  const reachUm = gaps.length === 0 ? Infinity : Math.min(...gaps) / 2 + 1e-6;
  if (distances[nearest] <= reachUm) return nearest;
  const [lowest, highest] = [Math.min(...stackZUm), Math.max(...stackZUm)];
  throw new AxialError(
    'ImpossibleRequestError',
    `No plane of the stack lies at ${zUm} um; the nearest is plane ${nearest} at ${own} um.`,
    `The planes reach from ${lowest} to ${highest} um from the first one.`,
  );
}

function noInputs(): AxialError {
  return new AxialError(
    'UsageError',
    'It is not said which planes the network sees.',
    'Name them with --inputs 3,10 or --input-z 0.6,2, or let Axial choose with --choose suggested, even or nearest.',
  );
}
