import { selectSmallest } from '#core/util/quantile';

/** The middle one of some values, the upper of two; at least one value, no NaN. */
export function medianOf(values: Float32Array): number {
  return selectSmallest(values.slice(), values.length >> 1);
}
