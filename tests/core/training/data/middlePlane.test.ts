import { expect, it } from 'vitest';
import { middlePlane } from '#core/training/data/middlePlane';
import { noisePlane } from '#tests/helpers/planes';

it('finds the plane of largest standard deviation within the region alone', () => {
  const scaled = (factor: number, side: number) =>
    noisePlane(16, 16, 1).data.map((v, i) => (i % 16 < 8 === (side === 0) ? factor * v : 1e4 * i));
  const planes = [scaled(1, 0), scaled(3, 0), scaled(2, 0)];
  expect(middlePlane(planes, 16, { left: 0, top: 4, side: 8 })).toBe(1);
});

it('takes the first of equal planes', () => {
  const flat = new Float32Array(16);
  expect(middlePlane([flat, flat], 4, { left: 0, top: 0, side: 4 })).toBe(0);
});
