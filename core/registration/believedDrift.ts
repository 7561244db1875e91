import { tileVariance } from './tileVariance';

/** How many standard errors a drift must have to be believed at all. */
const DEVIATIONS = 3;
/** A move between neighbours of so many standard errors is a jump, and kept whole. */
const JUMP_DEVIATIONS = 10;

/** A drift with the part that could be chance taken back. */
export interface BelievedDrift {
  /** The drift of every plane; numbers as in the measured one. */
  readonly drift: readonly Float64Array[];
  /** Share of the slow drift that was kept, 0 to 1. */
  readonly share: number;
  /** Standard error of the measured drift for each plane: root of the summed variances. */
  readonly error: readonly number[];
}

/**
 * Takes back the part of a measured drift that could be chance. Moves between neighbouring planes
 * that stand far out of their error (jumps) are kept. The rest, added up from the anchor, is multiplied
 * by 1 - 9 error^2 / drift^2, at least 0, where both are summed over the planes: a drift of three standard
 * errors is not believed at all, one of ten by 91 %, one of a hundred by 99.9 %.
 *
 * @param measured one vector for each plane, in pixels; 0 at the anchor
 * @param replicates the same, measured without one part of the planes, as differences from `measured`
 * Source: shrinkage, James & Stein 1961 (positive part), with a threshold of three deviations.
 */
export function believedDrift(
  measured: readonly Float64Array[],
  replicates: readonly (readonly Float64Array[])[],
  anchor: number,
): BelievedDrift {
  const moves = movesOf(measured, anchor);
  const replicateMoves = replicates.map((path) => movesOf(path, anchor));
  const isJump = moves.map((move, i) => {
    const variance = total(tileVariance(replicateMoves.map((path) => path[i])));
    return norm2(move) > JUMP_DEVIATIONS ** 2 * variance && norm2(move) > 0;
  });
  const slowly = (path: readonly Float64Array[]): Float64Array[] =>
    addUp(
      path.map((move, i) => (isJump[i] ? move.map(() => 0) : move)),
      anchor,
    );
  const slow = slowly(moves);
  const slowReplicates = replicateMoves.map(slowly);
  const drift2 = slow.reduce((sum, step) => sum + norm2(step), 0);
  const error2 = slow.reduce(
    (sum, _, i) => sum + total(tileVariance(slowReplicates.map((path) => path[i]))),
    0,
  );
  const share = drift2 > 0 ? Math.max(0, 1 - (DEVIATIONS ** 2 * error2) / drift2) : 1;
  const kept = moves.map((move, i) => (isJump[i] ? move : move.map((value) => value * share)));
  const error = measured.map((_, i) =>
    Math.sqrt(total(tileVariance(replicates.map((path) => path[i])))),
  );
  return { drift: addUp(kept, anchor), share, error };
}

/** From each plane's neighbour on the anchor's side to the plane. */
function movesOf(path: readonly Float64Array[], anchor: number): Float64Array[] {
  return path.map((step, i) => {
    const before = path[i === anchor ? i : i < anchor ? i + 1 : i - 1];
    return step.map((value, k) => value - before[k]);
  });
}

/** The inverse of {@link movesOf}, from zero at the anchor. */
function addUp(moves: readonly Float64Array[], anchor: number): Float64Array[] {
  const path = moves.map((move) => move.slice());
  path[anchor].fill(0);
  for (let i = anchor - 1; i >= 0; i--) path[i].forEach((_, k) => (path[i][k] += path[i + 1][k]));
  for (let i = anchor + 1; i < path.length; i++) {
    path[i].forEach((_, k) => (path[i][k] += path[i - 1][k]));
  }
  return path;
}

function norm2(step: Float64Array): number {
  return step.reduce((sum, value) => sum + value * value, 0);
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
