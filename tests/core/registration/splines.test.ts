import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coefficientsToSamples,
  mirrorIndex,
  samplesToCoefficients,
} from '#core/registration/splineFilter';
import { pyramidDepth, splinePyramid } from '#core/registration/splinePyramid';
import { solveDamped } from '#core/registration/solveDamped';
import { seededRandom } from './scenes';

function randomGrid(length: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => random() - 0.5);
}

describe('the spline filters', () => {
  it('undo each other for every size and both degrees, one pixel included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(3 as const, 7 as const),
        (width, height, degree) => {
          const samples = randomGrid(width * height, 4);
          const grid = samples.slice();
          samplesToCoefficients(grid, width, height, degree);
          coefficientsToSamples(grid, width, height, degree);
          grid.forEach((value, i) => expect(value).toBeCloseTo(samples[i], 10));
        },
      ),
    );
  });

  it('keep a constant constant', () => {
    const grid = new Float64Array(15 * 7).fill(4);
    samplesToCoefficients(grid, 15, 7, 7);
    grid.forEach((value) => expect(value).toBeCloseTo(4, 12));
  });

  it('mirror at the edge of the outer pixel, at any distance', () => {
    expect([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((i) => mirrorIndex(i, 3))).toEqual([
      2, 1, 0, 0, 1, 2, 2, 1, 0, 0,
    ]);
    expect([-5, 0, 9].map((i) => mirrorIndex(i, 1))).toEqual([0, 0, 0]);
  });
});

describe('splinePyramid', () => {
  it.each([
    [511, 511, 6],
    [24, 300, 2],
    [23, 23, 1],
    [5, 5, 1],
  ])('has as many levels for %i x %i as keep every side at 12 pixels', (width, height, depth) => {
    expect(pyramidDepth(width, height)).toBe(depth);
  });

  it('halves sizes rounding down and keeps a constant', () => {
    const levels = splinePyramid(new Float64Array(51 * 30).fill(2), 51, 30, 2);
    expect(levels.map(({ width, height }) => [width, height])).toEqual([
      [51, 30],
      [25, 15],
    ]);
    levels[1].coefficients.forEach((value) => expect(value).toBeCloseTo(2, 12));
  });

  it('puts sample j of a level at sample 2 j of the finer level', () => {
    const wave = Float64Array.from({ length: 64 * 64 }, (_, i) => Math.cos((i % 64) / 12));
    const level = splinePyramid(wave, 64, 64, 2)[1];
    coefficientsToSamples(level.coefficients, 32, 32, 3);
    for (let x = 10; x < 22; x++) {
      expect(level.coefficients[16 * 32 + x]).toBeCloseTo(wave[32 * 64 + 2 * x], 4);
    }
  });
});

describe('solveDamped', () => {
  it('solves a well-posed system', () => {
    const x = solveDamped(Float64Array.of(4, 2, 2, 3), Float64Array.of(10, 8), 0);
    expect(x?.[0]).toBeCloseTo(1.75, 7);
    expect(x?.[1]).toBeCloseTo(1.5, 7);
  });

  it('takes shorter steps with more damping', () => {
    const x = solveDamped(Float64Array.of(2, 0, 0, 2), Float64Array.of(2, 4), 1);
    expect([...(x ?? [])].map((value) => value.toFixed(6))).toEqual(['0.500000', '1.000000']);
  });

  it('does not move along a direction without information', () => {
    const x = solveDamped(Float64Array.of(2, 0, 0, 0), Float64Array.of(2, 0), 0);
    expect(x?.[0]).toBeCloseTo(1, 7);
    expect(x?.[1]).toBe(0);
  });

  it('gives nothing for a matrix that is not positive definite', () => {
    expect(solveDamped(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1), 0)).toBeNull();
  });
});
