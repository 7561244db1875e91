import { describe, expect, it } from 'vitest';
import { bestPair } from '#core/optics/points/bestPair';
import { excessPerSignal } from '#core/optics/points/excessPerSignal';
import { PointCanvas } from '#core/optics/points/PointCanvas';
import { PointOptics } from '#core/optics/points/PointOptics';
import { PointPlanes, type Point } from '#core/optics/points/PointPlanes';
import { createRandom } from '#core/util/random';

const system = {
  ...{ numericalAperture: 1.4, emissionUm: 0.525, immersionIndex: 1.515, specimenIndex: 1.515 },
};
const size = { width: 48, height: 40 };
const FOCUS_UM = 0.4;

/** Planes with unit noise on which some points have not been explained yet. */
function planesWith(points: readonly Point[]): PointPlanes {
  const field = { ...size, pixelSizeUm: { x: 0.1, y: 0.1 }, system, rangeUm: [0, 2] as const };
  const random = createRandom(4);
  const spread = new PointOptics(field).spread({ apertureShare: 1, depth: 0, diameterUm: 0.2 });
  const canvas = new PointCanvas(size, [0, 1, 2], spread);
  for (const { rest, weights } of canvas.planes) {
    rest.forEach((_, i) => (rest[i] = random.normal()));
    weights.fill(1);
  }
  const on = new PointPlanes(spread, canvas, FOCUS_UM);
  for (const point of points) on.add(point, 1);
  return on;
}

describe('bestPair', () => {
  it('finds two balls that touch where one explains less', () => {
    const truth = [
      { xPx: 20, yPx: 18, zUm: 1.1, light: 9000 },
      { xPx: 22.4, yPx: 18.5, zUm: 1.1, light: 7000 },
    ];
    const on = planesWith(truth);
    const single = on.refine({ xPx: 21, yPx: 18, zUm: 1.1, light: 16000 }, 8);
    const pair = bestPair(on, single.point, FOCUS_UM);
    expect(pair.explained).toBeGreaterThan(single.explained + 100);
    const found = pair.points.map(({ point }) => point).sort((a, b) => a.xPx - b.xPx);
    for (const [i, { xPx, yPx, zUm }] of truth.entries()) {
      expect(Math.hypot(found[i]!.xPx - xPx, found[i]!.yPx - yPx)).toBeLessThan(0.3);
      expect(Math.abs(found[i]!.zUm - zUm)).toBeLessThan(0.1);
    }
  });

  it('gains next to nothing where there is one ball', () => {
    const on = planesWith([{ xPx: 20, yPx: 18, zUm: 0.7, light: 9000 }]);
    const single = on.refine({ xPx: 20.5, yPx: 18, zUm: 0.8, light: 8000 }, 8);
    const pair = bestPair(on, single.point, FOCUS_UM);
    expect(pair.explained).toBeLessThan(single.explained + 20);
  });
});

describe('PointPlanes', () => {
  it('moves a point to where it is, from a pixel and a quarter of a micrometre away', () => {
    const on = planesWith([{ xPx: 20.3, yPx: 17.6, zUm: 1.35, light: 8000 }]);
    const { point } = on.refine({ xPx: 21.2, yPx: 17, zUm: 1.6, light: 4000 }, 12);
    expect(point.xPx).toBeCloseTo(20.3, 1);
    expect(point.yPx).toBeCloseTo(17.6, 1);
    expect(point.zUm).toBeCloseTo(1.35, 1);
    expect(point.light / 8000).toBeCloseTo(1, 1);
  });
});

describe('excessPerSignal', () => {
  const random = createRandom(6);
  const signal = Float32Array.from({ length: 4000 }, (_, i) => (i % 50) * 2);
  const rest = signal.map((value) => random.normal() * Math.sqrt(4 + 0.7 * value));

  it('is the gain by which the variance grows with the signal, whatever single pixels say', () => {
    const spoilt = rest.map((value, i) => (i % 90 === 0 ? 500 : value));
    for (const some of [rest, spoilt]) {
      expect(excessPerSignal(some, signal, 4)).toBeGreaterThan(0.6);
      expect(excessPerSignal(some, signal, 4)).toBeLessThan(0.8);
    }
  });

  it('is 0 where hardly any pixel is bright', () => {
    expect(excessPerSignal(rest, new Float32Array(4000), 4)).toBe(0);
  });
});
