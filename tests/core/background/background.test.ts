import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backgroundUnder, ROLLING_BALL_VARIANTS } from '#core/background/backgroundUnder';
import { flatField } from '#core/background/flatField';
import { imagejRollingBall } from '#core/background/imagejRollingBall';
import { scikitRollingBall } from '#core/background/scikitRollingBall';
import { evenLight, subtractBackground } from '#core/background/subtractBackground';
import { normalDeviates, planeOf, seededRandom } from '#tests/helpers/planes';

const BALL = { smooth: false, lightBackground: false };

describe('backgroundUnder', () => {
  it.each(ROLLING_BALL_VARIANTS)('leaves a constant plane nothing (%s)', (variant) => {
    for (const radiusPx of [1, 7, 30, 60, 150]) {
      const plane = planeOf(33, 21, () => 40);
      const { data } = backgroundUnder(plane, { ...BALL, variant, radiusPx });
      for (const value of data) expect(value).toBeCloseTo(40, 3);
    }
  });

  it.each(ROLLING_BALL_VARIANTS)('never lies above the image without shrinking (%s)', (variant) => {
    const sizes = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        sizes,
        sizes,
        fc.nat(),
        fc.integer({ min: 1, max: 10 }),
        (w, h, seed, radiusPx) => {
          const random = seededRandom(seed);
          const plane = planeOf(w, h, () => 100 * random());
          const { data } = backgroundUnder(plane, { ...BALL, variant, radiusPx });
          data.forEach((value, i) => expect(value).toBeLessThanOrEqual(plane.data[i] + 1e-4));
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each(ROLLING_BALL_VARIANTS)('takes images of any size (%s)', (variant) => {
    for (const [w, h] of [
      [1, 1],
      [1, 40],
      [40, 1],
      [5, 3],
    ]) {
      const { data } = backgroundUnder(
        planeOf(w, h, (x, y) => 10 + x + y),
        { ...BALL, variant, smooth: true, radiusPx: 120 },
      );
      expect(data.every(Number.isFinite)).toBe(true);
    }
  });

  it('rolls on the negative under dark objects', () => {
    const random = seededRandom(4);
    const plane = planeOf(20, 15, () => 50 * random());
    const negative = planeOf(20, 15, (x, y) => -plane.data[y * 20 + x]);
    const how = { variant: 'imagej', radiusPx: 5, smooth: true } as const;
    const dark = backgroundUnder(plane, { ...how, lightBackground: true });
    const bright = backgroundUnder(negative, { ...how, lightBackground: false });
    expect([...dark.data]).toEqual([...bright.data].map((value) => -value));
  });

  it('removes a hill that is wider than the ball and keeps a narrow spot', () => {
    const wide = (x: number, y: number): number =>
      100 * Math.exp(-((x - 50) ** 2 + (y - 50) ** 2) / 5000);
    const spot = (x: number, y: number): number => (Math.hypot(x - 30, y - 60) < 3 ? 200 : 0);
    const plane = planeOf(100, 100, (x, y) => wide(x, y) + spot(x, y));
    const background = imagejRollingBall(plane, { radiusPx: 20, smooth: false });
    const how = { pixelType: 'float32', lightBackground: false } as const;
    const { data } = subtractBackground(plane, background, how);
    expect(data[60 * 100 + 30]).toBeGreaterThan(180);
    expect(data[20 * 100 + 70]).toBeLessThan(5);
  });

  it('refuses a ball smaller than a pixel', () => {
    const plane = planeOf(3, 3, () => 1);
    expect(() => imagejRollingBall(plane, { radiusPx: 0.5 })).toThrow(RangeError);
    expect(() => scikitRollingBall(plane, Number.NaN)).toThrow(RangeError);
  });
});

describe('flatField', () => {
  const light = (x: number, y: number): number =>
    1 - 0.4 * (((x - 70) / 100) ** 2 + ((y - 40) / 100) ** 2) + 0.001 * x;

  it('finds vignetting under noise and objects, and takes it away', () => {
    const noise = normalDeviates(3);
    const object = (x: number, y: number): number => ((x % 29) ** 2 + (y % 37) ** 2 < 80 ? 900 : 0);
    const plane = planeOf(
      150,
      120,
      (x, y) => 100 + (500 + object(x, y)) * light(x, y) + 5 * noise(),
    );
    const found = flatField(plane, { darkLevel: 100 });
    let mean = 0;
    for (let i = 0; i < plane.data.length; i++) mean += light(i % 150, Math.floor(i / 150));
    mean /= plane.data.length;
    found.data.forEach((value, i) => {
      const truth = light(i % 150, Math.floor(i / 150)) / mean;
      expect(Math.abs(value / truth - 1)).toBeLessThan(0.01);
    });
    const even = evenLight(plane, found, 100);
    expect(Math.abs(even.data[15] / even.data[75 * 150 + 75] - 1)).toBeLessThan(0.06);
  });

  it('is exactly even under even light, whatever the size', () => {
    for (const [w, h] of [
      [1, 1],
      [1, 30],
      [7, 5],
    ]) {
      const { data } = flatField(
        planeOf(w, h, () => 7),
        { degree: 4 },
      );
      for (const value of data) expect(value).toBeCloseTo(1, 5);
    }
  });

  it('does not depend on the gain', () => {
    const one = flatField(planeOf(40, 30, light));
    const other = flatField(planeOf(40, 30, (x, y) => 64 * light(x, y)));
    other.data.forEach((value, i) => expect(value).toBeCloseTo(one.data[i], 5));
  });

  it('says so when there is no light to estimate', () => {
    for (const plane of [planeOf(20, 20, () => 0), planeOf(20, 20, (x) => x - 5)]) {
      expect(() => flatField(plane)).toThrow(
        expect.objectContaining({ tag: 'ImpossibleRequestError' }),
      );
    }
  });
});
