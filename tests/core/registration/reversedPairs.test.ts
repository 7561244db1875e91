import { describe, expect, it } from 'vitest';
import type { Plane } from '#core/image/Plane';
import { alignmentTransforms } from '#core/registration/alignmentTransforms';
import { planAlignment } from '#core/registration/planAlignment';
import { registerPlanes } from '#core/registration/registerPlanes';
import { blobScene, gridErrorPx, seededRandom, similarity } from './scenes';

function withNoise(plane: Plane, random: () => number): Plane {
  const noise = (): number => 6 * (random() + random() + random() - 1.5);
  return { ...plane, data: plane.data.map((value) => value + noise()) };
}

describe('pairs registered in reverse', () => {
  it('finds the same in reverse', () => {
    const truth = similarity(64, 2, 1, 3, -1);
    const random = seededRandom(3);
    const planes = [similarity(64, 0, 1, 0, 0), truth].map((map) =>
      withNoise(blobScene(64, map, 2, 20), random),
    );
    const [forth, back] = [false, true].map((reversed) => {
      const pairs = [{ reference: 0, moving: 1, reversed }];
      return registerPlanes(planes, pairs, 'rigid', { jackknife: true })[0];
    });
    expect(gridErrorPx(back.matrix, forth.matrix, 64, 64)).toBeLessThan(0.1);
    const [a, b] = [forth, back].map(({ tileSteps = [] }) =>
      tileSteps.flatMap((step) => [...step]),
    );
    expect(a.reduce((sum, value, i) => sum + value * b[i], 0)).toBeGreaterThan(0);
  });

  it('does not add up what noise does to every pair', () => {
    const random = seededRandom(9);
    const scene = blobScene(64, similarity(64, 0, 1, 0, 0), 4, 30);
    const planes = Array.from({ length: 100 }, () => withNoise(scene, random));
    const plan = planAlignment(planes.length, 'previous');
    const wander = (everySecond: boolean): number => {
      const pairs = plan.pairs.map(({ moving, referenceStart, reversed }) => ({
        moving,
        reference: referenceStart,
        reversed: everySecond && reversed,
      }));
      const registrations = registerPlanes(planes, pairs, 'rigid');
      const found = alignmentTransforms(plan, 'rigid', { width: 64, height: 64 }, registrations);
      const last = found.planes.slice(-10);
      const turn = last.reduce(
        (sum, { matrix }) => sum + Math.atan2(matrix[1][0], matrix[0][0]),
        0,
      );
      return Math.abs(turn / last.length);
    };
    expect(wander(true)).toBeLessThan(0.5 * wander(false));
  });
});
