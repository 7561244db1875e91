import type { Moment } from './Moment';
import { motionRandom } from './Moment';
import type { Specimen } from './Specimen';

/** A specimen that has moved as a whole since the first time point. */
export function movedSpecimen(
  seed: number,
  specimen: Specimen,
  { index, motionUm = [0, 0], walkUm = 0 }: Moment,
): Specimen {
  const random = motionRandom(seed);
  const shiftUm = [index * motionUm[0], index * motionUm[1], 0];
  for (let step = 0; step < index; step++) {
    for (let axis = 0; axis < 3; axis++) shiftUm[axis]! += walkUm * random.normal();
  }
  return {
    paint(planes, grid) {
      const [x, y, z] = grid.originUm;
      const originUm = [x - shiftUm[0]!, y - shiftUm[1]!, z - shiftUm[2]!] as const;
      specimen.paint(planes, { ...grid, originUm });
    },
  };
}
