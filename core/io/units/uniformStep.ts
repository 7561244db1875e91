/**
 * The step of evenly spaced positions, with its sign.
 *
 * @param positions at least two finite numbers, in any unit
 * @param tolerance how far a position may lie from its place, as a fraction of the step. @default 1e-3
 * @returns `null` when there are fewer than two positions or they are not evenly spaced;
 *   0 when all are the same
 */
export function uniformStep(positions: readonly number[], tolerance = 1e-3): number | null {
  const first = positions[0];
  const last = positions.at(-1);
  if (first === undefined || last === undefined || positions.length < 2) return null;
  const step = (last - first) / (positions.length - 1);
  const limit = tolerance * Math.abs(step);
  // Written so that a NaN is not evenly spaced.
  const even = positions.every((position, i) => Math.abs(position - first - i * step) <= limit);
  return even ? step : null;
}
