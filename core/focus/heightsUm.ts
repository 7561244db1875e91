import type { Plane } from '#core/image/Plane';

/**
 * Heights in micrometres: plane numbers with fractions are carried over to the positions of the planes,
 * linearly in between.
 *
 * @param heights plane numbers from 0; not changed
 * @param positionsUm position of each plane in micrometres, evenly spaced or not
 */
export function heightsUm(heights: Plane, positionsUm: readonly number[]): Plane {
  const last = positionsUm.length - 1;
  const data = heights.data.map((height) => {
    const z = Math.min(Math.max(height, 0), last);
    const below = Math.min(Math.floor(z), Math.max(last - 1, 0));
    const above = Math.min(below + 1, last);
    return positionsUm[below] + (z - below) * (positionsUm[above] - positionsUm[below]);
  });
  return { ...heights, data };
}
