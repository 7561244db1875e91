import type { PairRegistration } from './registerPair';

/** Why a registration is not to be trusted without looking. */
export type SuspectReason =
  /** The search did not settle, or a plane was constant or too small. */
  | 'not-converged'
  /** The planes differ more after the transform than before. */
  | 'difference-rose'
  /** Hardly any correlation is left between the planes, so nothing confirms the transform. */
  | 'low-correlation'
  /** The correlation is far below that of the other planes. */
  | 'outlier'
  /** The plane moved by more than a quarter of its shorter side, near the limit of the search. */
  | 'large-displacement'
  /** At low resolution another shift or turn fits clearly better. */
  | 'better-shift-exists'
  /** Mode `global`: its pairs contradict the rest of the chain by a pixel or more. */
  | 'pairs-disagree'
  /** Mode `previous`: a plane between this one and the anchor failed, and displaced this one too. */
  | 'beyond-a-failed-plane';

const LOWEST_CORRELATION = 0.2;
const LARGEST_DISPLACEMENT_SHARE = 0.25;
/**
 * The search ends beside the smallest difference where noise explains it (settleLevel), so planes that did
 * not move may differ by a trace more than before.
 */
const HARMLESS_RISE = 1.001;
/** Robust standard deviations below the median, and how much of the median must be lost as well. */
const OUTLIER_DEVIATIONS = 5;
const OUTLIER_SHARE = 0.85;
/** With fewer planes the spread says nothing. */
const FEWEST_FOR_OUTLIERS = 5;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The correlation below which a plane stands out among the others. */
function outlierLimit(correlations: readonly number[]): number {
  if (correlations.length < FEWEST_FOR_OUTLIERS) return -Infinity;
  const centre = median(correlations);
  const spread = 1.4826 * median(correlations.map((value) => Math.abs(value - centre)));
  return Math.min(centre - OUTLIER_DEVIATIONS * spread, OUTLIER_SHARE * centre);
}

/**
 * Judges the registrations of a stack: for each one the reasons to look at it, none for a good one.
 *
 * @param registrations in any order
 * @param size width and height of the planes in pixels
 */
export function flagSuspectPlanes(
  registrations: readonly PairRegistration[],
  size: { readonly width: number; readonly height: number },
): SuspectReason[][] {
  const limit = outlierLimit(registrations.map((pair) => pair.correlationAfter));
  const farthest = LARGEST_DISPLACEMENT_SHARE * Math.min(size.width, size.height);
  return registrations.map((pair) => {
    const reasons: SuspectReason[] = [];
    if (!pair.converged) reasons.push('not-converged');
    if (pair.costAfter > pair.costBefore * HARMLESS_RISE) reasons.push('difference-rose');
    if (pair.correlationAfter < LOWEST_CORRELATION) reasons.push('low-correlation');
    if (pair.correlationAfter < limit) reasons.push('outlier');
    if (pair.displacementPx > farthest) reasons.push('large-displacement');
    if (pair.betterShiftPx) reasons.push('better-shift-exists');
    return reasons;
  });
}
