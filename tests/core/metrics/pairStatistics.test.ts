import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affineFit, affineFitted, affineNrmse, applyAffineFit } from '#core/metrics/affineFit';
import { nrmse } from '#core/metrics/nrmse';
import {
  EMPTY_PAIR_STATISTICS,
  mergePairStatistics,
  pairStatistics,
} from '#core/metrics/pairStatistics';
import { pearson } from '#core/metrics/pearson';
import { psnr } from '#core/metrics/psnr';
import { rmse } from '#core/metrics/rmse';
import { float32Fixture, preprocessingFixtures } from '#tests/helpers/algorithmFixtures';
import { noisePlane, planeOf } from '#tests/helpers/planes';

const SIDE = 256;
const EXPECTED = preprocessingFixtures().metrics;
const truth = { width: SIDE, height: SIDE, data: float32Fixture('met_target.raw') };
const result = { width: SIDE, height: SIDE, data: float32Fixture('met_output.raw') };

/** Distance from the expected value relative to it. */
function relativeError(value: number | null, expected: number): number {
  return Math.abs((value ?? Infinity) / expected - 1);
}

describe('metrics of the reference pair', () => {
  const statistics = pairStatistics(result, truth);

  it('give the RMSE, PSNR and r of scikit-image and scipy', () => {
    expect(relativeError(rmse(statistics).value, EXPECTED.rmse)).toBeLessThan(1e-9);
    expect(Math.abs((psnr(statistics, 1).value ?? 0) - EXPECTED.psnr)).toBeLessThan(1e-6);
    expect(relativeError(pearson(statistics).value, EXPECTED.pearson)).toBeLessThan(1e-9);
  });

  it.each([
    ['euclidean', 'nrmse_euclidean'],
    ['min-max', 'nrmse_minmax'],
    ['mean', 'nrmse_mean'],
    ['std', 'nrmse_std'],
  ] as const)('give the NRMSE with the norm %s', (norm, name) => {
    expect(relativeError(nrmse(statistics, norm).value, EXPECTED[name])).toBeLessThan(1e-9);
  });
});

describe('mergePairStatistics', () => {
  it('equals the statistics of all pixels at once, also far from zero', () => {
    const shape = { min: 1, max: 12 };
    fc.assert(
      fc.property(fc.integer(shape), fc.integer(shape), fc.integer(), (rowsA, rowsB, seed) => {
        const x = noisePlane(9, rowsA + rowsB, seed, 50);
        const y = noisePlane(9, rowsA + rowsB, seed + 1, 50);
        x.data.forEach((value, i) => (x.data[i] = value + 10_000));
        const part = (plane: typeof x, from: number, to: number) => ({
          width: 9,
          height: to - from,
          data: plane.data.slice(9 * from, 9 * to),
        });
        const whole = pairStatistics(x, y);
        const merged = [
          pairStatistics(part(x, 0, rowsA), part(y, 0, rowsA)),
          pairStatistics(part(x, rowsA, rowsA + rowsB), part(y, rowsA, rowsA + rowsB)),
        ].reduce(mergePairStatistics, EMPTY_PAIR_STATISTICS);
        expect(merged.count).toBe(whole.count);
        expect(relativeError(rmse(merged).value, rmse(whole).value ?? 0)).toBeLessThan(1e-9);
        expect(merged.products).toBeCloseTo(whole.products, 4);
        expect(merged.truthMin).toBe(whole.truthMin);
        expect(merged.truthMax).toBe(whole.truthMax);
        const r = pearson(whole).value ?? 0;
        expect(Math.abs((pearson(merged).value ?? 0) - r)).toBeLessThan(1e-9);
      }),
      { numRuns: 50 },
    );
  });
});

describe('affineFit', () => {
  const truthPlane = noisePlane(40, 30, 5);
  const scaled = planeOf(40, 30, (x, y) => (truthPlane.data[y * 40 + x] - 30) / 4);

  it('finds the scale and offset that were taken away', () => {
    const statistics = pairStatistics(scaled, truthPlane);
    const { scale, offset } = affineFit(statistics);
    expect(scale).toBeCloseTo(4, 5);
    expect(offset).toBeCloseTo(30, 3);
    expect(affineNrmse(statistics).value).toBeLessThan(1e-6);
  });

  it('foretells the statistics of the fitted image', () => {
    const statistics = pairStatistics(result, truth);
    const refit = pairStatistics(applyAffineFit(result, affineFit(statistics)), truth);
    const foretold = affineFitted(statistics);
    const after = psnr(refit, 1).value ?? 0;
    expect(Math.abs((psnr(foretold, 1).value ?? 0) - after)).toBeLessThan(1e-5);
    expect(after).toBeGreaterThan(psnr(statistics, 1).value ?? Infinity);
    expect(
      relativeError(affineNrmse(statistics, 'std').value, nrmse(refit, 'std').value ?? 0),
    ).toBeLessThan(1e-6);
  });

  it('gives a constant result the mean of the truth', () => {
    const statistics = pairStatistics(
      planeOf(40, 30, () => 3),
      truthPlane,
    );
    expect(affineFit(statistics)).toEqual({ scale: 0, offset: statistics.truthMean });
    expect(affineNrmse(statistics, 'std').value).toBeCloseTo(1, 12);
  });
});

describe('degenerate pairs', () => {
  const constant = planeOf(4, 3, () => 0);
  const noise = noisePlane(4, 3, 1);

  it('equal planes have an infinite PSNR and no error', () => {
    const statistics = pairStatistics(noise, noise);
    expect(psnr(statistics, 1).value).toBe(Infinity);
    expect(nrmse(statistics)).toEqual({ value: 0, reason: null });
    expect(pearson(statistics).value).toBeCloseTo(1, 12);
  });

  it('a constant truth leaves a gap that names it', () => {
    const gap = { value: null, reason: 'constant' };
    const statistics = pairStatistics(noise, constant);
    expect(nrmse(statistics)).toEqual(gap);
    expect(nrmse(statistics, 'min-max')).toEqual(gap);
    expect(nrmse(statistics, 'std')).toEqual(gap);
    expect(pearson(statistics)).toEqual(gap);
  });

  it.each([Number.NaN, Infinity])('%d in an image leaves a gap that names it', (bad) => {
    const gap = { value: null, reason: 'not-finite' };
    const damaged = planeOf(4, 3, (x) => (x === 1 ? bad : x));
    for (const statistics of [pairStatistics(damaged, noise), pairStatistics(noise, damaged)]) {
      expect(pearson(statistics)).toEqual(gap);
      expect(affineNrmse(statistics)).toEqual(gap);
      expect(nrmse(statistics)).toEqual(gap);
      expect(rmse(statistics)).toEqual(gap);
      expect(psnr(statistics, 1)).toEqual(gap);
    }
  });

  it('refuses planes of different sizes and a data range that is not positive', () => {
    expect(() => pairStatistics(noise, noisePlane(3, 4, 1))).toThrow(
      expect.objectContaining({ tag: 'ImpossibleRequestError' }),
    );
    expect(() => psnr(pairStatistics(noise, noise), 0)).toThrow(RangeError);
    expect(() => psnr(pairStatistics(noise, noise), Number.NaN)).toThrow(RangeError);
  });
});
