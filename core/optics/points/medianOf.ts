/** The middle one of some values, the upper of two. */
export function medianOf(values: Float32Array): number {
  const sorted = values.toSorted();
  return sorted[sorted.length >> 1]!;
}
