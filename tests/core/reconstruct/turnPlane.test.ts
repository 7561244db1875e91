import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlaneSpread } from '#core/reconstruct/PlaneSpread';
import { PLANE_TURNS, turnedSize, turnPlane, turnPlaneBack } from '#core/reconstruct/turnPlane';

describe('turnPlane', () => {
  const size = { width: 3, height: 2 };
  const plane = Float32Array.from([1, 2, 3, 4, 5, 6]);

  it('mirrors and transposes', () => {
    expect([...turnPlane(plane, size, 1)]).toEqual([3, 2, 1, 6, 5, 4]);
    expect([...turnPlane(plane, size, 2)]).toEqual([4, 5, 6, 1, 2, 3]);
    expect([...turnPlane(plane, size, 4)]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(turnedSize(size, 4)).toEqual({ width: 2, height: 3 });
  });

  it('gives eight different planes, and is undone', () => {
    const all = PLANE_TURNS.map((turn) => turnPlane(plane, size, turn).join());
    expect(new Set(all).size).toBe(8);
    const side = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(...PLANE_TURNS), (width, height, turn) => {
        const any = Float32Array.from({ length: width * height }, (_, i) => i);
        const back = turnPlaneBack(
          turnPlane(any, { width, height }, turn),
          { width, height },
          turn,
        );
        expect(back).toEqual(any);
      }),
    );
  });
});

describe('PlaneSpread', () => {
  it('gives mean and standard deviation, far from zero too', () => {
    const spread = new PlaneSpread(2);
    for (const value of [1, 2, 4]) spread.add(Float32Array.from([value, 1e6 + value]));
    expect(spread.mean[0]).toBeCloseTo(7 / 3, 12);
    expect(spread.deviation()[0]).toBeCloseTo(Math.sqrt(7 / 3), 12);
    expect(spread.deviation()[1]).toBeCloseTo(Math.sqrt(7 / 3), 6);
  });

  it('has no deviation of one plane', () => {
    const spread = new PlaneSpread(1);
    spread.add(Float32Array.of(3));
    expect([...spread.deviation()]).toEqual([0]);
  });
});
