/** Two planes that show the same height. */
export interface PlanePair {
  readonly resultIndex: number;
  readonly truthIndex: number;
}

/** Heights this close are the same plane, in micrometres. */
const TOLERANCE_UM = 1e-3;

/**
 * Which planes of a result and its truth belong together: those at equal heights, or, where a
 * height is unknown, those of equal number in stacks of equal length.
 *
 * @param resultZUm heights in micrometres in the frame of the truth, or `null`
 * @param truthZUm heights in micrometres, or `null`
 */
export function pairPlanes(
  result: { readonly count: number; readonly zUm: readonly number[] | null },
  truth: { readonly count: number; readonly zUm: readonly number[] | null },
): PlanePair[] {
  if (result.zUm === null || truth.zUm === null) {
    const count = result.count === truth.count ? truth.count : 0;
    return Array.from({ length: count }, (_, i) => ({ resultIndex: i, truthIndex: i }));
  }
  const pairs: PlanePair[] = [];
  const { zUm: heights } = truth;
  result.zUm.forEach((zUm, resultIndex) => {
    const truthIndex = heights.findIndex((height) => Math.abs(height - zUm) <= TOLERANCE_UM);
    if (truthIndex >= 0) pairs.push({ resultIndex, truthIndex });
  });
  return pairs;
}
