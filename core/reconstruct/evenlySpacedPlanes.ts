/**
 * The planes that lie nearest to heights spread evenly from the lowest to the highest plane, both
 * included, so that every height lies between two of them; the middle one when one is wanted.
 *
 * @param zUm heights of the planes in micrometres, in any order
 * @returns indices by rising height; fewer than `count` when there are fewer planes
 */
export function evenlySpacedPlanes(zUm: readonly number[], count: number): number[] {
  const byHeight = zUm.map((_, index) => index).sort((a, b) => (zUm[a] ?? 0) - (zUm[b] ?? 0));
  if (count >= byHeight.length) return byHeight;
  const lowest = zUm[byHeight[0] ?? 0] ?? 0;
  const range = (zUm[byHeight.at(-1) ?? 0] ?? 0) - lowest;
  const left = [...byHeight];
  const chosen = Array.from({ length: count }, (_, i) => {
    const wanted = lowest + (count === 1 ? 0.5 : i / (count - 1)) * range;
    const nearest = nearestTo(wanted, left, zUm);
    left.splice(left.indexOf(nearest), 1);
    return nearest;
  });
  return chosen.sort((a, b) => (zUm[a] ?? 0) - (zUm[b] ?? 0));
}

/** Which of `indices` lies nearest to a height; the first of several. */
function nearestTo(wantedUm: number, indices: readonly number[], zUm: readonly number[]): number {
  const distance = (index: number): number => Math.abs((zUm[index] ?? NaN) - wantedUm);
  return indices.reduce((best, index) => (distance(index) < distance(best) ? index : best));
}
