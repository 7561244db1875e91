import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plane } from '#core/image/Plane';
import { IDENTITY_MATRIX } from '#core/registration/Matrix3';
import { registerPair } from '#core/registration/registerPair';
import { smoothAgainstNoise } from '#core/registration/smoothAgainstNoise';
import { blobScene, seededRandom, similarity } from './scenes';

const SIZE = 128;

/** Normal noise by the polar way of Box and Muller. */
function withNoise({ width, height, data }: Plane, sigma: number, seed: number): Plane {
  const random = seededRandom(seed);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return { width, height, data: Float32Array.from(data, (value) => value + sigma * normal()) };
}

const smoothed = ({ width, height, data }: Plane): Float64Array =>
  smoothAgainstNoise(Float64Array.from(data), width, height);

/** Standard deviation of a least-squares shift between two planes of such noise, along x. */
function leastSquaresErrorPx({ width, data }: Plane, sigma: number): number {
  let energy = 0;
  for (let i = 1; i < data.length - 1; i++) {
    if (i % width !== 0) energy += ((data[i + 1] - data[i - 1]) / 2) ** 2;
  }
  return (Math.SQRT2 * sigma) / Math.sqrt(energy);
}

describe('smoothAgainstNoise', () => {
  const scene = blobScene(SIZE, IDENTITY_MATRIX, 4, 12);

  it('leaves a clean plane, and one of little noise, as it is', () => {
    for (const sigma of [0, 0.5]) {
      const samples = Float64Array.from(withNoise(scene, sigma, 1).data);
      expect(smoothAgainstNoise(samples, SIZE, SIZE)).toBe(samples);
    }
  });

  it('lowers noise to the 7.5 per cent that the binomial filter leaves, and keeps the structure', () => {
    const noisy = smoothed(withNoise(scene, 20, 1));
    const clean = scene.data;
    let error = 0;
    for (let i = 0; i < clean.length; i++) error += (noisy[i] - clean[i]) ** 2 / clean.length;
    expect(error / 400).toBeGreaterThan(0.06);
    expect(error / 400).toBeLessThan(0.09);
  });

  it('brings the error of a shift near to what least squares can reach in noise', () => {
    const moved = blobScene(SIZE, similarity(SIZE, 0, 1, 2.4, -1.7), 4, 12);
    const rounds = 24;
    let squares = 0;
    for (let seed = 1; seed <= rounds; seed++) {
      const still = withNoise(scene, 20, seed);
      const { matrix } = registerPair(still, withNoise(moved, 20, 100 + seed), 'translation');
      squares += (matrix[0][2] - 2.4) ** 2 / rounds;
    }
    expect(Math.sqrt(squares)).toBeLessThan(1.35 * leastSquaresErrorPx(scene, 20));
  });

  it('gives finite planes of the same size for any finite one', () => {
    const planes = fc.tuple(
      fc.integer({ min: 3, max: 9 }),
      fc.integer({ min: 3, max: 9 }),
      fc.nat(),
    );
    fc.assert(
      fc.property(planes, ([width, height, seed]) => {
        const random = seededRandom(seed);
        const samples = Float64Array.from({ length: width * height }, () => 100 * random());
        const out = smoothAgainstNoise(samples, width, height);
        expect(out).toHaveLength(samples.length);
        expect(out.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
