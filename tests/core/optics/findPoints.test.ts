import { describe, expect, it } from 'vitest';
import { fitSpecimen } from '#core/optics/fit/fitSpecimen';
import { specimenImage } from '#core/optics/fit/specimenImage';
import { chooseOptics, FIRST_OPTICS, OTHER_OPTICS } from '#core/optics/points/chooseOptics';
import { findPoints, type PointsRequest } from '#core/optics/points/findPoints';
import { noiseLevel } from '#core/optics/points/noiseLevel';
import { PointOptics, type BallOptics } from '#core/optics/points/PointOptics';
import { smoothLevel } from '#core/optics/points/smoothLevel';
import { ENTRIES_PER_PX } from '#core/optics/points/pointSpreadTable';
import { simulateStack } from '#core/optics/simulateStack';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { usualSpecimen } from '#core/optics/usualSpecimen';
import { meanOf } from '#core/util/meanOf';
import { createRandom } from '#core/util/random';

const system = {
  ...{ numericalAperture: 1.4, emissionUm: 0.525, immersionIndex: 1.515, specimenIndex: 1.515 },
};
const SIDE = 96;
const field = { width: SIDE, height: SIDE, pixelSizeUm: { x: 0.1, y: 0.1 }, system };

/** A stack of beads whose first lies near the middle, where it is in focus between two inputs. */
function beadStack(changes: Partial<SimulationOptions> = {}) {
  return simulateStack({
    ...{ seed: 8, width: SIDE, height: SIDE, planes: 25, pixelSizeUm: 0.1, zStepUm: 0.2, system },
    specimen: usualSpecimen('beads', { density: 0.4 }),
    light: { photons: 300, background: 0.05 },
    camera: { offset: 100, gain: 4, readNoiseElectrons: 1.5, bitDepth: 16 },
    ...{ marginUm: 6, zMarginUm: 3 },
    ...changes,
  });
}

/** Planes 4, 16 and 24: the bead of the middle is 0.8 um away from the nearest. */
const INPUTS = [4, 16, 24];

function requestOf(stack: ReturnType<typeof beadStack>, inputs = INPUTS): PointsRequest {
  return {
    ...field,
    planes: inputs.map((z) => Float32Array.from(stack.noisy[z]!)),
    zUm: inputs.map((z) => 0.2 * z),
    rangeUm: [0.2 * Math.min(...inputs), 0.2 * Math.max(...inputs)],
  };
}

function rms(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
}

function highest(plane: Float32Array): number {
  return plane.reduce((best, value, i) => (value > plane[best]! ? i : best), 0);
}

describe('findPoints', () => {
  const stack = beadStack();
  const found = findPoints(requestOf(stack));

  it('brings beads between the planes into focus, as high and as narrow as they are', () => {
    const level = 120;
    const misses = [8, 9, 10].map((seed) => {
      const beads = beadStack({ seed });
      const truth = beads.clean[12]!;
      const image = specimenImage({ specimen: findPoints(requestOf(beads)), zUm: 2.4 });
      const at = highest(truth);
      const off = [0, 1, -1, SIDE, -SIDE, 2, -2].map((k) => image[at + k]! - truth[at + k]!);
      for (const k of [1, -1, SIDE, -SIDE]) expect(image[at]).toBeGreaterThan(image[at + k]!);
      return Math.max(...off.map(Math.abs)) / (truth[at]! - level);
    });
    // Three planes hardly tell the size of balls, on which their height depends.
    expect(Math.max(...misses)).toBeLessThan(0.15);
    expect(meanOf(misses)).toBeLessThan(0.11);
  });

  it('is far nearer to the truth than layers of light and than interpolation, on all planes between', () => {
    const layers = fitSpecimen({ ...requestOf(stack), steps: 40 });
    const errorOf = (specimen: Parameters<typeof specimenImage>[0]['specimen']): number =>
      [7, 10, 13, 20]
        .map((z) => rms(specimenImage({ specimen, zUm: 0.2 * z }), stack.clean[z]!))
        .reduce((sum, error) => sum + error, 0);
    expect(errorOf(found)).toBeLessThan(0.5 * errorOf(layers));
  });

  it('tells the aberration of a watery medium, and on which side the coverslip is', () => {
    const watery = beadStack({
      system: { ...system, numericalAperture: 1.3, specimenIndex: 1.36 },
      depthUm: 3,
      specimen: usualSpecimen('beads', { density: 1 }),
    });
    const request = requestOf(watery);
    const seen = { ...request, system: { ...system, numericalAperture: 1.3 }, sweeps: 0 };
    expect(findPoints(seen).optics.depth).toBeGreaterThan(0);
    const turned = {
      ...seen,
      zUm: request.zUm.map((z) => -z),
      rangeUm: [-request.rangeUm[1], -request.rangeUm[0]] as const,
    };
    expect(findPoints(turned).optics.depth).toBeLessThan(0);
  });

  it('finds the same in other units of light', () => {
    const request = requestOf(stack);
    // A power of two, so that nothing is rounded in another way.
    const planes = request.planes.map((plane) => plane.map((value) => value / 512));
    const again = findPoints({ ...request, planes });
    expect(again.points).toEqual(
      found.points.map((point) => ({ ...point, light: point.light / 512 })),
    );
  });

  it('is as near to the truth with another level of darkness', () => {
    const request = requestOf(stack);
    const change = (plane: Float32Array): Float32Array<ArrayBuffer> =>
      Float32Array.from(plane, (value) => value / 700 - 0.3);
    const again = findPoints({ ...request, planes: request.planes.map(change) });
    const truth = stack.clean[12]!;
    const error = rms(specimenImage({ specimen: found, zUm: 2.4 }), truth) / 700;
    const otherError = rms(specimenImage({ specimen: again, zUm: 2.4 }), change(truth));
    const height = (truth.reduce((a, b) => Math.max(a, b)) - 120) / 700;
    expect(error).toBeLessThan(0.005 * height);
    expect(otherError).toBeLessThan(0.005 * height);
    expect(otherError / error).toBeLessThan(1.4);
  });

  it('sees nothing in noise', () => {
    const random = createRandom(8);
    const planes = INPUTS.map(() =>
      Float32Array.from({ length: SIDE ** 2 }, () => 50 + random.normal()),
    );
    const { points, backgrounds } = findPoints({ ...requestOf(stack), planes });
    expect(points.length).toBeLessThan(3);
    for (const level of backgrounds) expect(level[77]).toBeCloseTo(50, 0);
  });

  it('takes one plane, dark planes and planes of one row', () => {
    expect(findPoints(requestOf(stack, [12])).points.length).toBeGreaterThan(0);
    const dark = INPUTS.map(() => new Float32Array(SIDE ** 2).fill(7));
    const specimen = findPoints({ ...requestOf(stack), planes: dark });
    expect(specimenImage({ specimen, zUm: 2 }).every((value) => value === 7)).toBe(true);
    const row = { ...requestOf(stack), height: 1 };
    const rows = row.planes.map((plane) => plane.subarray(0, SIDE));
    expect(findPoints({ ...row, planes: rows }).backgrounds[0]).toHaveLength(SIDE);
    const pixel = { ...row, width: 1, planes: rows.map((plane) => plane.slice(0, 1)) };
    expect(specimenImage({ specimen: findPoints(pixel), zUm: 1 })).toHaveLength(1);
  });

  it('refuses a volume without planes', () => {
    const none = { ...requestOf(stack), model: 'points' as const, planes: [], zUm: [] };
    expect(() => fitSpecimen(none)).toThrow(RangeError);
  });
});

describe('PointOptics', () => {
  const optics = new PointOptics({ ...field, rangeUm: [0, 2] });

  it('keeps the light of a ball at every distance, and the width that theory gives in focus', () => {
    const spread = optics.spread({ apertureShare: 1, depth: 0, diameterUm: 0 });
    for (const zUm of [0, 0.5, -1]) {
      const profile = new Float32Array(spread.columns);
      spread.profile(zUm, profile);
      let light = 0;
      for (let r = 0; r < profile.length; r++) {
        light += ((r === 0 ? Math.PI / 4 : 2 * Math.PI * r) * profile[r]!) / ENTRIES_PER_PX ** 2;
      }
      expect(light).toBeGreaterThan(0.95);
      expect(light).toBeLessThan(1.03);
    }
    const profile = new Float32Array(spread.columns);
    spread.profile(0, profile);
    // Half of the full width at half maximum, 193 nm, and a little for the pixel of 100 nm.
    const half = profile.findIndex((value) => value < profile[0]! / 2) / ENTRIES_PER_PX;
    expect(0.2 * half).toBeGreaterThan(0.19);
    expect(0.2 * half).toBeLessThan(0.26);
  });

  it('is the same above and below focus without aberration, and not with it', () => {
    const at = (depth: number, zUm: number): number => {
      const spread = optics.spread({ apertureShare: 1, depth, diameterUm: 0.2 });
      const profile = new Float32Array(spread.columns);
      spread.profile(zUm, profile);
      return profile[0]!;
    };
    expect(at(0, 0.6) / at(0, -0.6)).toBeCloseTo(1, 4);
    expect(at(11, 0.6) / at(-11, -0.6)).toBeCloseTo(1, 4);
    expect(Math.abs(Math.log(at(11, 0.6) / at(11, -0.6)))).toBeGreaterThan(0.3);
  });
});

describe('chooseOptics', () => {
  it('climbs to the best place of the grid', () => {
    const best = chooseOptics([FIRST_OPTICS], ({ apertureShare, depth, diameterUm }) => [
      -Math.abs(apertureShare - 0.88) - Math.abs(depth + 5) / 10 - Math.abs(diameterUm - 0.5),
    ]);
    expect(best).toEqual({ apertureShare: 0.88, depth: -5, diameterUm: 0.5 });
  });

  it('takes the higher of two hills, of which one number alone leads to the lower', () => {
    const hill = (top: BallOptics, height: number, optics: BallOptics): number =>
      height -
      40 * Math.abs(optics.apertureShare - top.apertureShare) -
      Math.abs(optics.depth - top.depth) -
      10 * Math.abs(optics.diameterUm - top.diameterUm);
    const far = { apertureShare: 0.94, depth: 11, diameterUm: 0.75 };
    const near = { ...FIRST_OPTICS, diameterUm: 0.23 };
    const explained = (optics: BallOptics): number[] => [
      Math.max(hill(near, 10, optics), hill(far, 12, optics)),
    ];
    expect(chooseOptics([FIRST_OPTICS], explained)).toEqual(near);
    expect(chooseOptics([FIRST_OPTICS, ...OTHER_OPTICS], explained)).toEqual(far);
  });

  it('does not let a few points outvote many, however much they gain', () => {
    const best = chooseOptics([FIRST_OPTICS], ({ diameterUm }) => [
      200 * diameterUm,
      ...Array.from({ length: 10 }, () => -10 * Math.abs(diameterUm - 0.2)),
    ]);
    expect(best.diameterUm).toBe(0.2);
  });

  it('stays where nothing is better', () => {
    expect(chooseOptics([FIRST_OPTICS], () => [1])).toBe(FIRST_OPTICS);
  });
});

describe('noiseLevel', () => {
  it('is the standard deviation of white noise, whatever smooth structure lies below it', () => {
    const random = createRandom(3);
    const size = { width: 80, height: 60 };
    const plane = Float32Array.from(
      { length: 4800 },
      (_, i) => 100 * Math.sin(i / 800) + (i % 80) + 3 * random.normal(),
    );
    expect(noiseLevel(plane, size)).toBeGreaterThan(2.8);
    expect(noiseLevel(plane, size)).toBeLessThan(3.2);
  });

  it('is above 0 for planes without noise and for very small ones', () => {
    expect(noiseLevel(new Float32Array(100), { width: 10, height: 10 })).toBe(1);
    expect(noiseLevel(Float32Array.of(0, 500), { width: 2, height: 1 })).toBeCloseTo(0.05);
  });
});

describe('smoothLevel', () => {
  it('is the mean of a plane that is smaller than its scale', () => {
    const level = smoothLevel(Float32Array.of(1, 2, 3, 6), { width: 2, height: 2 }, 50);
    expect([...level]).toEqual([3, 3, 3, 3]);
  });

  it('follows slow changes', () => {
    const plane = Float32Array.from({ length: 100 * 100 }, (_, i) => (i % 100) / 10);
    const level = smoothLevel(plane, { width: 100, height: 100 }, 20);
    for (const i of [5030, 5050, 7070]) expect(level[i]).toBeCloseTo(plane[i]!, 1);
  });
});
