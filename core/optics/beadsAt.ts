import type { Bead } from './beads';
import type { Moment } from './Moment';
import { motionRandom } from './Moment';
import type { BoxSizeUm } from './Specimen';

/**
 * Beads at a time point: each walks on its own, and some are dark. One that leaves the box comes in again
 * on the other side, so that there are as many as before.
 *
 * @param seed the same seed gives the same walks, however many time points are asked for
 */
export function beadsAt(
  seed: number,
  beads: readonly Bead[],
  { index, motionUm = [0, 0], walkUm = 0, blinking = 0 }: Moment,
  boxUm: BoxSizeUm,
): readonly Bead[] {
  if (index === 0) return beads;
  const random = motionRandom(seed);
  const walks = beads.map((): [number, number, number] => [0, 0, 0]);
  const draws = new Float64Array(beads.length);
  for (let step = 0; step < index; step++) {
    walks.forEach((walk, i) => {
      for (let axis = 0; axis < 3; axis++) walk[axis]! += walkUm * random.normal();
      draws[i] = random.uniform();
    });
  }
  const within = (placeUm: number, axis: 0 | 1 | 2): number =>
    placeUm - boxUm[axis] * Math.floor(placeUm / boxUm[axis]);
  return beads.flatMap((bead, i) => {
    if (draws[i]! < blinking) return [];
    const [x, y, z] = bead.placeUm;
    const [walkX, walkY, walkZ] = walks[i]!;
    const placeUm = [
      within(x + index * motionUm[0] + walkX, 0),
      within(y + index * motionUm[1] + walkY, 1),
      within(z + walkZ, 2),
    ] as const;
    return [{ ...bead, placeUm }];
  });
}
