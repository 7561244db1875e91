import { describe, expect, it } from 'vitest';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { choleskyFactor, solveCholesky } from '#core/util/choleskyFactor';
import { reblurWeights } from '#core/optics/reblurWeights';
import { VolumeReblur } from '#core/optics/VolumeReblur';

const system: OpticalSystem = {
  ...{ numericalAperture: 1.4, emissionUm: 0.5, immersionIndex: 1.515, specimenIndex: 1.515 },
};
const heights = Array.from({ length: 13 }, (_, i) => i * 0.25);
const weights = reblurWeights({ system, volumeZUm: heights, wantedZUm: heights, fieldUm: 12 });

function weight(frequency: number, row: number, column: number): number {
  const f = Math.round(frequency / weights.frequencyStep);
  return weights.values[(f * heights.length + row) * heights.length + column];
}

describe('reblurWeights', () => {
  it('spread the light of frequency 0 evenly: every wide-field plane holds all of it', () => {
    for (const row of [0, 6, 12]) {
      const sum = heights.reduce((total, _, k) => total + weight(0, row, k), 0);
      expect(sum).toBeCloseTo(1, 2);
      heights.forEach((_, k) => expect(weight(0, row, k)).toBeCloseTo(1 / 13, 2));
    }
  });

  it('are symmetric, and let fine structure stay where it is', () => {
    for (const frequency of [0.3, 1, 3]) {
      heights.forEach((_, k) =>
        expect(weight(frequency, 2, k)).toBeCloseTo(weight(frequency, k, 2), 4),
      );
    }
    // Coarse structure blurs over all planes, fine structure has an axial resolution.
    expect(weight(2.5, 6, 6)).toBeGreaterThan(3 * weight(0.1, 6, 6));
    expect(Math.abs(weight(2.5, 6, 0))).toBeLessThan(0.1);
  });

  it('refuse a volume without planes', () => {
    expect(() => reblurWeights({ system, volumeZUm: [], wantedZUm: [1], fieldUm: 1 })).toThrow(
      RangeError,
    );
  });
});

describe('VolumeReblur', () => {
  const field = { width: 30, height: 23, pixelSizeUm: { x: 0.1, y: 0.1 } };
  const plane = (value: (x: number, y: number) => number) =>
    Float32Array.from({ length: 30 * 23 }, (_, i) => value(i % 30, Math.floor(i / 30)));
  const counts = { wanted: 13, volume: 13 };

  it('leaves an even background out', () => {
    const reblur = new VolumeReblur(weights, field, counts);
    heights.forEach((_, k) =>
      reblur.add(
        plane(() => 40 + k),
        k,
      ),
    );
    const { difference } = reblur.compare(
      plane(() => 7),
      3,
    );
    difference.forEach((value) => expect(value).toBeCloseTo(0, 3));
  });

  it('finds the part of coarse structure that comes and goes faster than light can', () => {
    const wave = plane((x) => Math.cos((2 * Math.PI * x) / 29));
    const steady = new VolumeReblur(weights, field, counts);
    heights.forEach((_, k) => steady.add(wave, k));
    const flickering = new VolumeReblur(weights, field, counts);
    heights.forEach((_, k) =>
      flickering.add(
        wave.map((v) => (k % 2 === 0 ? v : 0)),
        k,
      ),
    );
    const size = (values: Float32Array) => Math.max(...values.map(Math.abs));
    expect(size(steady.compare(wave, 6).difference)).toBeLessThan(0.1);
    expect(size(flickering.compare(wave, 6).difference)).toBeGreaterThan(0.3);
  });
});

describe('solveCholesky', () => {
  it('solves a system', () => {
    const factor = choleskyFactor(Float64Array.from([4, 2, 0, 2, 5, 2, 0, 2, 10]));
    const solution = solveCholesky(factor, Float64Array.from([4 + 4, 2 + 10 + 6, 4 + 30]));
    [1, 2, 3].forEach((value, i) => expect(solution[i]).toBeCloseTo(value, 12));
  });

  it('refuses a matrix that has no root', () => {
    expect(() => choleskyFactor(Float64Array.from([1, 2, 2, 1]))).toThrow(RangeError);
  });
});
