import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plane } from '#core/image/Plane';
import { IDENTITY_MATRIX } from '#core/registration/Matrix3';
import type { PlaneMap } from '#core/registration/PlaneMap';
import { registerPair } from '#core/registration/registerPair';
import { fixturePlane, registrationFixtures } from './registrationFixtures';
import {
  blobScene,
  blobSceneSeenBy,
  gridErrorPx,
  noisySpots,
  randomAffine,
  seededRandom,
  similarity,
} from './scenes';

function plane(width: number, height: number, value: (x: number, y: number) => number): Plane {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  return { width, height, data };
}

describe('registerPair on the noisy fixtures', () => {
  it.each(registrationFixtures)('agrees with TurboReg and the truth: $model', (fixture) => {
    const found = registerPair(
      fixturePlane(fixture.reference),
      fixturePlane(fixture.moving),
      fixture.model,
    );
    expect(gridErrorPx(found.matrix, fixture.turboReg, 256, 256)).toBeLessThan(0.02);
    expect(gridErrorPx(found.matrix, fixture.truth, 256, 256)).toBeLessThan(0.05);
    expect(found.converged).toBe(true);
    expect(found.correlationAfter).toBeGreaterThan(found.correlationBefore);
    expect(found.costAfter).toBeLessThan(found.costBefore);
    expect(found.betterShiftPx).toBeNull();
  });
});

describe('registerPair on analytic scenes', () => {
  const size = 256;
  const still = blobScene(size, IDENTITY_MATRIX, 3);
  const shift = similarity(size, 0, 1, 7.3, -5.6);
  const turn = similarity(size, 4, 1, -3.2, 6.1);
  const grown = similarity(size, -3, 1.03, 2.5, 1.5);
  const sheared = [
    [1.01, 0.02, -4],
    [-0.03, 0.98, 5.5],
    [0, 0, 1],
  ] as const;

  it.each([
    ['translation', shift],
    ['rigid', turn],
    ['scaled-rotation', grown],
    ['affine', sheared],
  ] as const)('finds a %s to a hundredth of a pixel', (model, truth) => {
    const found = registerPair(still, blobScene(size, truth, 3), model);
    expect(gridErrorPx(found.matrix, truth, size, size)).toBeLessThan(0.01);
    expect(found.converged).toBe(true);
    expect(found.correlationAfter).toBeGreaterThan(0.9999);
  });

  it('finds a bilinear map to a hundredth of a pixel', () => {
    const truth: PlaneMap = { matrix: similarity(size, 2, 1.01, 4, -7), xy: [0.0002, -0.0003] };
    const seen = blobSceneSeenBy(size, truth, 3);
    const found = registerPair(seen, still, 'bilinear');
    expect(gridErrorPx(found, truth, size, size)).toBeLessThan(0.01);
    expect(found.converged).toBe(true);
    expect(found.correlationAfter).toBeGreaterThan(0.9999);
    const straight = registerPair(seen, still, 'affine');
    expect(gridErrorPx(straight, truth, size, size)).toBeGreaterThan(1);
  });

  it.each(['rigid', 'scaled-rotation', 'affine', 'bilinear'] as const)(
    'finds a pure shift with the wider model %s as well',
    (model) => {
      const found = registerPair(still, blobScene(size, shift, 3), model);
      expect(gridErrorPx(found, shift, size, size)).toBeLessThan(0.01);
    },
  );

  it('keeps a rigid result a pure rotation and a translation result a pure shift', () => {
    const moved = blobScene(size, grown, 3);
    const [[a, b], [c, d]] = registerPair(still, moved, 'rigid').matrix;
    expect(a * d - b * c).toBeCloseTo(1, 12);
    expect([a, b]).toEqual([d, -c].map((value) => expect.closeTo(value, 12)));
    const shifted = registerPair(still, moved, 'translation').matrix;
    expect(shifted.map((row) => [row[0], row[1]])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it('gives the inverse transform when the planes change places', () => {
    const moved = blobScene(size, shift, 3);
    const there = registerPair(still, moved, 'translation').matrix;
    const back = registerPair(moved, still, 'translation').matrix;
    expect(there[0][2] + back[0][2]).toBeCloseTo(0, 2);
    expect(there[1][2] + back[1][2]).toBeCloseTo(0, 2);
  });

  it('finds a shift that the descent alone misses, and says so when recovery is off', () => {
    const far = similarity(size, 0, 1, 84, -20);
    const moved = blobScene(size, far, 3);
    const plain = registerPair(still, moved, 'translation', { recover: false });
    expect(gridErrorPx(plain.matrix, far, size, size)).toBeGreaterThan(5);
    expect(plain.betterShiftPx).not.toBeNull();
    const recovered = registerPair(still, moved, 'translation');
    expect(gridErrorPx(recovered.matrix, far, size, size)).toBeLessThan(0.01);
    expect(recovered.betterShiftPx).toBeNull();
  });

  it.each([-30, -19, 24, 30])('finds a turn by %d degrees with a shift', (degrees) => {
    const far = similarity(size, degrees, 1, 18, -11);
    const moved = blobScene(size, far, 3);
    for (const model of ['rigid', 'scaled-rotation'] as const) {
      const found = registerPair(still, moved, model);
      expect(gridErrorPx(found, far, size, size)).toBeLessThan(0.01);
      expect(found.betterShiftPx).toBeNull();
    }
  });

  it.each([
    [0.4, 0],
    [-0.4, 0.1],
    [0.25, -0.3],
  ])('finds a shift by (%d, %d) of the side', (alongX, alongY) => {
    const far = similarity(size, 0, 1, alongX * size, alongY * size);
    const found = registerPair(still, blobScene(size, far, 3), 'translation');
    expect(gridErrorPx(found, far, size, size)).toBeLessThan(0.01);
  });

  it.each([6, 13, 16, 21, 39])(
    'finds its way back from a descent that went astray (%d)',
    (seed) => {
      const side = 192;
      const truth = randomAffine(side, seed);
      const moved = blobScene(side, truth, seed, 120);
      const found = registerPair(blobScene(side, IDENTITY_MATRIX, seed, 120), moved, 'affine');
      expect(gridErrorPx(found.matrix, truth, side, side)).toBeLessThan(0.02);
      expect(found.betterShiftPx).toBeNull();
    },
  );

  it('does not depend on a constant added to both planes', () => {
    const moved = blobScene(size, shift, 3);
    const lift = ({ width, height, data }: Plane): Plane => ({
      width,
      height,
      data: data.map((value) => value + 60_000),
    });
    const plain = registerPair(still, moved, 'translation').matrix;
    const lifted = registerPair(lift(still), lift(moved), 'translation').matrix;
    expect(gridErrorPx(lifted, plain, size, size)).toBeLessThan(0.002);
  });

  it('finds small random rigid moves of small odd planes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (seed, degrees, shiftX) => {
          const truth = similarity(75, degrees, 1, shiftX, -1.5);
          const fixed = blobScene(75, IDENTITY_MATRIX, seed);
          const found = registerPair(fixed, blobScene(75, truth, seed), 'rigid');
          expect(gridErrorPx(found.matrix, truth, 75, 75)).toBeLessThan(0.02);
        },
      ),
      { numRuns: 25, seed: 11 },
    );
  });
});

describe('registerPair on noise', () => {
  it('is not drawn towards half-pixel shifts, which would add up along a chain', () => {
    const size = 160;
    const rounds = 12;
    let error = 0;
    for (let seed = 1; seed <= rounds; seed++) {
      const still = noisySpots(size, 0, seed);
      const found = registerPair(still, noisySpots(size, 0.4, seed), 'translation');
      error += (found.matrix[0][2] + 0.4) / rounds;
    }
    expect(Math.abs(error)).toBeLessThan(0.02);
  });
});

describe('registerPair on poor input', () => {
  const noise = (width: number, height: number, seed: number): Plane => {
    const random = seededRandom(seed);
    return plane(width, height, () => 100 * random());
  };

  it('leaves identical planes exactly where they are', () => {
    const still = noise(40, 31, 1);
    const found = registerPair(still, still, 'affine');
    expect(found.matrix).toEqual(IDENTITY_MATRIX);
    expect(found).toMatchObject({ costAfter: expect.closeTo(0, 6), converged: true });
    expect(found.correlationAfter).toBeCloseTo(1, 6);
  });

  it.each([
    ['the reference', plane(64, 64, () => 7), noise(64, 64, 2)],
    ['the moving plane', noise(64, 64, 2), plane(64, 64, () => 7)],
    ['both', plane(64, 64, () => 7), plane(64, 64, () => 7)],
  ])('gives the identity, not converged, when %s is constant', (_, reference, moving) => {
    const found = registerPair(reference, moving, 'rigid');
    expect(found.matrix).toEqual(IDENTITY_MATRIX);
    expect(found.converged).toBe(false);
    expect(found.correlationAfter).toBe(0);
  });

  it.each([
    [1, 1],
    [3, 50],
    [50, 3],
  ])('gives the identity, not converged, for %i x %i pixels', (width, height) => {
    const found = registerPair(noise(width, height, 1), noise(width, height, 2), 'affine');
    expect(found.matrix).toEqual(IDENTITY_MATRIX);
    expect(found.converged).toBe(false);
  });

  it.each([
    [4, 4],
    [9, 11],
    [5, 200],
    [25, 24],
  ])('gives finite numbers for %i x %i pixels of noise', (width, height) => {
    for (const model of [
      'translation',
      'rigid',
      'scaled-rotation',
      'affine',
      'bilinear',
    ] as const) {
      const found = registerPair(noise(width, height, 1), noise(width, height, 2), model);
      expect(found.matrix.flat().every(Number.isFinite)).toBe(true);
      expect(Math.abs(found.correlationAfter)).toBeLessThanOrEqual(1);
    }
  });

  it('registers planes under 12 pixels on a single level', () => {
    const blob = (shift: number): Plane =>
      plane(11, 10, (x, y) => Math.exp(-((x - 5 - shift) ** 2 + (y - 5) ** 2) / 6));
    const found = registerPair(blob(0), blob(0.4), 'translation');
    expect(found.matrix[0][2]).toBeCloseTo(0.4, 1);
    expect(found.matrix[1][2]).toBeCloseTo(0, 1);
  });

  it('moves along the only direction that stripes define', () => {
    const stripes = (shift: number): Plane =>
      plane(64, 64, (x) => Math.sin((x - shift) / 5) + 0.4 * Math.sin((x - shift) / 2.3));
    const found = registerPair(stripes(0), stripes(0.75), 'translation');
    expect(found.matrix[0][2]).toBeCloseTo(0.75, 2);
    expect(Math.abs(found.matrix[1][2])).toBeLessThan(1);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses a plane that holds %d', (value) => {
    const bad = noise(32, 32, 1);
    bad.data[100] = value;
    expect(() => registerPair(bad, noise(32, 32, 2), 'rigid')).toThrowError(
      expect.objectContaining({ tag: 'ImpossibleRequestError' }),
    );
    expect(() => registerPair(noise(32, 32, 2), bad, 'rigid')).toThrowError(/not finite/);
  });

  it('refuses planes of different sizes', () => {
    expect(() => registerPair(noise(32, 30, 1), noise(30, 32, 1), 'rigid')).toThrow(RangeError);
  });

  it('stops when it is cancelled', () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const { signal } = controller;
    expect(() => registerPair(noise(32, 32, 1), noise(32, 32, 2), 'rigid', { signal })).toThrow(
      'enough',
    );
  });
});
