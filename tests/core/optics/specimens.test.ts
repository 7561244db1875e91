import { orderStatistic } from '#core/optics/orderStatistic';
import type { BoxSizeUm } from '#core/optics/Specimen';
import { specimenOf, type SpecimenOptions } from '#core/optics/specimenOf';
import { splatPoint } from '#core/optics/splatPoint';
import { SPECIMEN_KINDS, usualSpecimen } from '#core/optics/usualSpecimen';
import { TRAINING_DOMAINS } from '#core/optics/trainingDomains';
import type { VoxelGrid } from '#core/optics/VoxelGrid';
import { describe, expect, it } from 'vitest';

const BOX: BoxSizeUm = [16, 12, 10];
const GRID: VoxelGrid = {
  width: 160,
  height: 120,
  planes: 50,
  voxelUm: [0.1, 0.1, 0.2],
  originUm: [0, 0, 0],
};

function paint(options: SpecimenOptions, grid = GRID, seed = 3): Float32Array[] {
  const planes = Array.from(
    { length: grid.planes },
    () => new Float32Array(grid.width * grid.height),
  );
  specimenOf(seed, options, BOX).paint(planes, grid);
  return planes;
}

function same(one: readonly Float32Array[], other: readonly Float32Array[]): boolean {
  return one.every((plane, z) => plane.every((value, i) => value === other[z]![i]));
}

function light(planes: readonly Float32Array[], grid = GRID): number {
  const sum = planes.reduce((all, plane) => all + plane.reduce((a, b) => a + b, 0), 0);
  return sum * grid.voxelUm[0] * grid.voxelUm[1] * grid.voxelUm[2];
}

describe('specimens', () => {
  it.each(SPECIMEN_KINDS)(
    '%s: the same seed gives the same specimen, another one another',
    (kind) => {
      const options = usualSpecimen(kind);
      const once = paint(options);
      expect(same(once, paint(options))).toBe(true);
      expect(same(once, paint(options, GRID, 4))).toBe(false);
    },
  );

  it.each(SPECIMEN_KINDS)('%s: something lies in the middle, and nothing is infinite', (kind) => {
    for (const seed of [1, 2, 3]) {
      const planes = paint(usualSpecimen(kind), GRID, seed);
      expect(light(planes)).toBeGreaterThan(0);
      for (const plane of planes) expect(plane.every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  it.each(SPECIMEN_KINDS)('%s: a slab shows what the whole shows there', (kind) => {
    const whole = paint(usualSpecimen(kind));
    const slab = paint(usualSpecimen(kind), {
      ...GRID,
      width: 60,
      height: 50,
      planes: 9,
      originUm: [4, 3, 4],
    });
    for (const [z, plane] of slab.entries()) {
      for (let y = 0; y < 50; y++) {
        for (let x = 0; x < 60; x++) {
          const expected = whole[20 + z]![(30 + y) * 160 + 40 + x]!;
          expect(Math.abs(plane[y * 60 + x]! - expected)).toBeLessThan(
            1e-3 + 1e-3 * Math.abs(expected),
          );
        }
      }
    }
  });

  it.each(SPECIMEN_KINDS)('%s: more density, more light', (kind) => {
    const lightOf = (density: number): number =>
      [1, 2, 3].reduce(
        (sum, seed) => sum + light(paint(usualSpecimen(kind, { density }), GRID, seed)),
        0,
      );
    expect(lightOf(3)).toBeGreaterThan(1.5 * lightOf(0.5));
  });

  it('beads hold as much light as there are beads, wherever they lie between voxels', () => {
    const options: SpecimenOptions = {
      kind: 'beads',
      diameterUm: 0.3,
      perThousandUm3: 0,
      brightnessSpread: 1,
      clumping: 0,
    };
    for (let seed = 0; seed < 6; seed++) {
      expect(light(paint(options, GRID, seed))).toBeCloseTo(1, 4);
    }
  });

  it('a bead is as wide as a ball: its second moment is that of its diameter', () => {
    const options: SpecimenOptions = {
      kind: 'beads',
      diameterUm: 1.2,
      perThousandUm3: 0,
      brightnessSpread: 1,
    };
    const planes = paint(options, GRID, 5);
    const [sum, mean, square] = moments(planes);
    // A ball of diameter d has variance d^2 / 20 along each axis.
    expect(square! / sum! - (mean! / sum!) ** 2).toBeCloseTo(1.2 ** 2 / 20, 3);
  });

  it('refuses nothing that a domain draws', () => {
    for (const domain of TRAINING_DOMAINS.values()) {
      for (let seed = 0; seed < 40; seed++) {
        const { light: levels, pixelSizeUm, specimen } = domain(seed);
        expect(levels.photons).toBeGreaterThanOrEqual(60);
        expect(levels.photons).toBeLessThanOrEqual(3000);
        expect(pixelSizeUm).toBeGreaterThanOrEqual(0.08);
        expect(JSON.stringify(specimen)).not.toContain('null');
      }
      expect(domain(4)).toEqual(domain(4));
      expect(domain(4)).not.toEqual(domain(5));
    }
  });
});

/** Sum, and first and second moment along x. */
function moments(planes: readonly Float32Array[]): number[] {
  const sums = [0, 0, 0];
  for (const plane of planes) {
    for (let i = 0; i < plane.length; i++) {
      const x = (i % GRID.width) * GRID.voxelUm[0];
      for (let k = 0; k < 3; k++) sums[k] = sums[k]! + plane[i]! * x ** k;
    }
  }
  return sums;
}

describe('splatPoint', () => {
  it.each([0, 0.13, 0.5, 0.77])('keeps light and centre of a point %d of a voxel off', (share) => {
    const grid: VoxelGrid = {
      width: 24,
      height: 24,
      planes: 24,
      voxelUm: [1, 1, 1],
      originUm: [0, 0, 0],
    };
    const planes = Array.from({ length: 24 }, () => new Float32Array(24 * 24));
    splatPoint(planes, grid, [12 + share, 11, 12], 5);
    let sum = 0;
    let moment = 0;
    for (const plane of planes) {
      plane.forEach((value, i) => {
        sum += value;
        moment += value * (i % 24);
      });
    }
    expect(sum).toBeCloseTo(5, 5);
    expect(moment / sum).toBeCloseTo(12 + share, 1.5);
  });
});

describe('orderStatistic', () => {
  it('finds what sorting finds', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1000) / 37);
    const sorted = values.slice().sort();
    const halves = [values.subarray(0, 300), values.subarray(300)];
    for (const rank of [0, 1, 499, 990, 999])
      expect(orderStatistic(halves, rank)).toBe(sorted[rank]);
    expect(() => orderStatistic(halves, 1000)).toThrow(RangeError);
  });

  it('counts values below 0 as 0', () => {
    expect(orderStatistic([Float32Array.of(-3, 2, -0.5)], 1)).toBe(0);
  });
});
