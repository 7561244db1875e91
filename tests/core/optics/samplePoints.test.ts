import { describe, expect, it } from 'vitest';
import { PointBox } from '#core/optics/points/PointBox';
import { PointChain } from '#core/optics/points/PointChain';
import { PointOptics } from '#core/optics/points/PointOptics';
import { PointCanvas } from '#core/optics/points/PointCanvas';
import { PointPlanes, type Point } from '#core/optics/points/PointPlanes';
import { PointPrior } from '#core/optics/points/PointPrior';
import { NUMBERS_PER_POINT, samplePoints } from '#core/optics/points/samplePoints';
import { StepDistribution } from '#core/optics/points/StepDistribution';
import { meanOf } from '#core/util/meanOf';
import { createRandom } from '#core/util/random';

const system = {
  ...{ numericalAperture: 0.75, emissionUm: 0.525, immersionIndex: 1, specimenIndex: 1 },
};
const SIDE = 26;
const FOCUS_UM = 0.525 / 0.75 ** 2;
const field = {
  ...{ width: SIDE, height: SIDE, pixelSizeUm: { x: 0.325, y: 0.325 }, system },
  rangeUm: [0, 6] as const,
};
const spread = new PointOptics(field).spread({ apertureShare: 1, depth: 0, diameterUm: 0.2 });
const box = new PointBox(field, FOCUS_UM);

/** Planes 0, 3 and 6 um high, of one weight, on which some points were not explained yet. */
function canvasWith(points: readonly Point[], weight: number, size = field): PointCanvas {
  const canvas = new PointCanvas(size, [0, 3, 6], spread);
  for (const { weights } of canvas.planes) weights.fill(weight);
  const on = new PointPlanes(spread, canvas, FOCUS_UM);
  for (const point of points) on.add(point, 1);
  return canvas;
}

function chainOn(on: PointPlanes, points: readonly Point[]): PointChain {
  const prior = new PointPrior(points, box);
  return new PointChain(on, points, { prior, random: createRandom(3), focusUm: FOCUS_UM });
}

const somePoints = (count: number): Point[] => {
  const random = createRandom(5);
  return Array.from({ length: count }, () => ({
    ...box.draw(random),
    light: 1000 * Math.exp(0.7 * random.normal()),
  }));
};

const deviation = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
};

describe('PointChain', () => {
  it('draws what was thought before when planes tell nothing: the law of reversible jumps', () => {
    const points = somePoints(24);
    const canvas = canvasWith([], 0, { ...field, width: 1, height: 1 });
    const on = new PointPlanes(spread, canvas, FOCUS_UM);
    const chain = chainOn(on, points);
    const counts: number[] = [];
    const logs: number[] = [];
    const heights: number[] = [];
    for (let sweep = 0; sweep < 12_000; sweep++) {
      chain.sweep(1);
      counts.push(chain.points.length);
      if (sweep % 40 > 0) continue;
      logs.push(...chain.points.map(({ light }) => Math.log(light)));
      heights.push(...chain.points.map(({ zUm }) => zUm));
    }
    const prior = new PointPrior(points, box);
    // A Poisson distribution: mean and variance are what is expected.
    expect(Math.abs(meanOf(counts) / prior.expected - 1)).toBeLessThan(0.025);
    expect(Math.abs(deviation(counts) ** 2 / prior.expected - 1)).toBeLessThan(0.1);
    const drawn = Array.from({ length: 5000 }, (_, i) => prior.draw(createRandom(i)));
    const drawnLogs = drawn.map(({ light }) => Math.log(light));
    expect(meanOf(logs)).toBeCloseTo(meanOf(drawnLogs), 0.8);
    expect(deviation(logs) / deviation(drawnLogs)).toBeCloseTo(1, 0.8);
    expect(meanOf(heights)).toBeCloseTo(3, 0);
    expect(deviation(heights) / deviation(drawn.map(({ zUm }) => zUm))).toBeCloseTo(1, 0.8);
  });

  it('stays about points that planes tell well, and leaves what it took away taken away', () => {
    const truth: Point[] = [
      { xPx: 7.3, yPx: 9.1, zUm: 1.2, light: 4000 },
      { xPx: 19.7, yPx: 18.4, zUm: 4.4, light: 3000 },
    ];
    const canvas = canvasWith(truth, 1);
    const on = new PointPlanes(spread, canvas, FOCUS_UM);
    for (const point of truth) on.add(point, -1);
    const chain = chainOn(on, truth);
    for (let sweep = 0; sweep < 40; sweep++) chain.sweep(1);
    for (const { xPx, yPx, zUm, light } of truth) {
      const near = chain.points.filter((one) => Math.hypot(one.xPx - xPx, one.yPx - yPx) < 1);
      expect(near).toHaveLength(1);
      expect(Math.abs(near[0]!.zUm - zUm)).toBeLessThan(0.3);
      expect(Math.abs(near[0]!.light / light - 1)).toBeLessThan(0.05);
    }
    const again = canvasWith(truth, 1);
    const left = new PointPlanes(spread, again, FOCUS_UM);
    for (const point of chain.points) left.add(point, -1);
    for (const [p, { rest }] of canvas.planes.entries()) {
      rest.forEach((value, i) =>
        expect(Math.abs(value - again.planes[p]!.rest[i]!)).toBeLessThan(0.05),
      );
    }
  });
});

describe('samplePoints', () => {
  const found = somePoints(3);
  const request = (sweeps: number, level = (): void => {}) => ({
    on: new PointPlanes(spread, canvasWith([], 1e-4), FOCUS_UM),
    ...{ found, box, focusUm: FOCUS_UM, sweeps, level },
  });

  it('gives what was found when nothing else is wanted, and nothing of nothing', () => {
    const drawn = samplePoints(request(0), () => {});
    expect(drawn).toHaveLength(3 * NUMBERS_PER_POINT);
    expect(drawn[3]).toBeCloseTo(found[0]!.light, 2);
    expect(samplePoints({ ...request(8), found: [] }, () => {})).toHaveLength(0);
  });

  it('shows a ball where planes tell it best, not spread by how uncertain its place is', () => {
    const truth: Point = { xPx: 12.3, yPx: 13.1, zUm: 1.4, light: 1000 };
    const weight = 0.01;
    const planesOf = (): PointPlanes => {
      const on = new PointPlanes(spread, canvasWith([truth], weight), FOCUS_UM);
      on.add(truth, -1);
      return on;
    };
    const near = (points: readonly Point[]): Point =>
      points.toSorted((a, b) => Math.abs(b.light) - Math.abs(a.light))[0]!;
    const chain = chainOn(planesOf(), [truth]);
    const free = Array.from({ length: 200 }, () => {
      chain.sweep(1);
      return near(chain.points).xPx;
    });
    const arrangements = 30;
    const drawn = samplePoints({ ...request(9 * 40), on: planesOf(), found: [truth] }, () => {});
    const shown: number[] = [];
    for (let at = 0; at < drawn.length; at += NUMBERS_PER_POINT) {
      if (drawn[at + 3]! * arrangements > truth.light / 2) shown.push(drawn[at]!);
    }
    expect(shown.length).toBeGreaterThan(20);
    expect(deviation(free)).toBeGreaterThan(0.02);
    expect(deviation(shown)).toBeLessThan(deviation(free) / 3);
    expect(meanOf(shown)).toBeCloseTo(truth.xPx, 1);
  });

  it('draws the same again, follows backgrounds, and tells how far it is', () => {
    const told: number[] = [];
    let levelled = 0;
    const drawn = samplePoints(
      request(12, () => levelled++),
      (fraction) => told.push(fraction),
    );
    expect(samplePoints(request(12), () => {})).toEqual(drawn);
    expect(levelled).toBe(2);
    expect(told).toHaveLength(12);
    expect(told.at(-1)).toBe(1);
  });
});

describe('StepDistribution', () => {
  it('draws steps whose covariance is the inverse of the matrix', () => {
    // Light is known a million times better than places, and x and z go together.
    const matrix = Float64Array.from([4, 0, 1, 0, 0, 9, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1e12]);
    const steps = new StepDistribution(matrix);
    const random = createRandom(2);
    const drawn = Array.from({ length: 20_000 }, () => steps.draw(random, 1));
    const covariance = (i: number, j: number): number =>
      meanOf(drawn.map((step) => step[i]! * step[j]!));
    // Of the matrix with 5 % more in its diagonal.
    const determinant = 4.2 * 1.05 - 1;
    expect(covariance(0, 0) / (1.05 / determinant)).toBeCloseTo(1, 1);
    expect(covariance(2, 2) / (4.2 / determinant)).toBeCloseTo(1, 1);
    expect(covariance(0, 2) / (-1 / determinant)).toBeCloseTo(1, 1);
    expect(covariance(1, 1) * 9.45).toBeCloseTo(1, 1);
    expect(covariance(3, 3) * 1.05e12).toBeCloseTo(1, 1);
  });

  it('takes a matrix of a point that no plane shows', () => {
    const steps = new StepDistribution(new Float64Array(16));
    expect(steps.draw(createRandom(1), 1).every(Number.isFinite)).toBe(true);
  });
});

describe('PointPrior', () => {
  it('has a density of light that adds up to 1', () => {
    const prior = new PointPrior(somePoints(40), box);
    let sum = 0;
    for (let light = 1; light < 2e5; light *= 1.01) {
      sum += Math.exp(prior.logLight(light)) * light * Math.log(1.01);
    }
    expect(sum).toBeCloseTo(1, 2);
  });
});
