import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plane } from '#core/image/Plane';
import { IDENTITY_MATRIX, affineMatrix, composeMatrices } from '#core/registration/Matrix3';
import type { Matrix3 } from '#core/registration/Matrix3';
import type { PlaneMap } from '#core/registration/PlaneMap';
import { flagSuspectPlanes } from '#core/registration/flagSuspectPlanes';
import { registerPair } from '#core/registration/registerPair';
import { resamplePlane } from '#core/registration/resamplePlane';
import { blobScene, gridErrorPx, seededRandom, similarity } from '#tests/core/registration/scenes';
import { describeWith, runPython } from '#tests/helpers/referencePrograms';

const SCRIPT = 'tests/reference/registration/registrationReference.py';
const SHARED = process.env['AXIAL_SHARED'] ?? resolve('..', 'shared');
const DRIFTING = join(SHARED, 'data', 'pc12-unreg.tif');
const MODELS = ['translation', 'rigid', 'scaled-rotation', 'affine', 'bilinear'] as const;

const folder = mkdtempSync(join(tmpdir(), 'axial-registration-'));
afterAll(() => rmSync(folder, { recursive: true }));

function ask<T>(job: string, details: object): Promise<T> {
  return runPython<T>(SCRIPT, job, folder, JSON.stringify(details));
}

/** Hands planes of one size to the reference programs. */
function hand(planes: readonly Plane[]): number[] {
  const [{ width, height }] = planes;
  const all = new Float32Array(planes.length * width * height);
  planes.forEach((plane, i) => all.set(plane.data, i * width * height));
  writeFileSync(join(folder, 'planes.raw'), new Uint8Array(all.buffer));
  return [planes.length, height, width];
}

function floats(file: string): ArrayBuffer {
  return Uint8Array.from(readFileSync(join(folder, file))).buffer;
}

describeWith('python', 'resampling against scipy', () => {
  it('gives the same values and the same zeros under random transforms', async () => {
    const random = seededRandom(8);
    const [width, height] = [67, 50];
    const planes = Array.from({ length: 8 }, () => ({
      width,
      height,
      data: Float32Array.from({ length: width * height }, () => 500 + 1000 * random()),
    }));
    const matrices = planes.map((_, i): Matrix3 => {
      if (i === 0) return affineMatrix(1, 0, 3.3, 0, 1, -7.6);
      const [a, b, d, e] = [1, 0, 0, 1].map((value) => value + 0.4 * (random() - 0.5));
      return affineMatrix(a, b, 12 * (random() - 0.5), d, e, 12 * (random() - 0.5));
    });
    await ask('resample', { shape: hand(planes), matrices });
    const expected = new Float64Array(floats('resampled.raw'));
    planes.forEach((plane, i) => {
      const { data } = resamplePlane(plane, { matrix: matrices[i] }, { overshoot: 'keep' });
      let largest = 0;
      let masksDiffer = 0;
      for (let k = 0; k < data.length; k++) {
        const truth = expected[i * data.length + k];
        largest = Math.max(largest, Math.abs(data[k] - truth));
        if ((data[k] === 0) !== (truth === 0)) masksDiffer++;
      }
      expect(largest / 1000).toBeLessThan(1e-6);
      expect(masksDiffer).toBe(0);
    });
  });
});

describeWith('python', 'registration against pystackreg', () => {
  const size = 256;
  const shift = { x: 11.3, y: -8.7 };
  const sheared = composeMatrices(
    affineMatrix(1.01, 0.02, 0, -0.01, 0.985, 0),
    similarity(size, 1, 1, shift.x, shift.y),
  );
  const truths: { readonly [model in (typeof MODELS)[number]]: Matrix3 } = {
    translation: similarity(size, 0, 1, shift.x, shift.y),
    rigid: similarity(size, 4, 1, shift.x, shift.y),
    'scaled-rotation': similarity(size, -3, 1.03, shift.x, shift.y),
    affine: sheared,
    bilinear: sheared,
  };

  it.each(MODELS)('agrees on noise-free and noisy scenes: %s', async (model) => {
    const random = seededRandom(21);
    // Photon noise of a camera that counts 16 electrons for each unit of the scene.
    const noisy = (plane: Plane): Plane => ({
      ...plane,
      data: plane.data.map((value) => {
        const radius = Math.sqrt(-2 * Math.log(1 - random()));
        return value + (Math.sqrt(value + 4) / 4) * radius * Math.cos(2 * Math.PI * random());
      }),
    });
    const still = blobScene(size, IDENTITY_MATRIX, 5);
    const moved = blobScene(size, truths[model], 5);
    const planes = [still, moved, noisy(still), noisy(moved)];
    const pairs = [
      [0, 1],
      [2, 3],
    ];
    const theirs = await ask<PlaneMap[]>('register', { shape: hand(planes), model, pairs });
    pairs.forEach(([reference, moving], i) => {
      const ours = registerPair(planes[reference], planes[moving], model);
      const apart = gridErrorPx(ours, theirs[i], size, size);
      // With eight parameters their search stops early in noise: then the truth is the judge.
      if (model === 'bilinear' && i === 1) {
        const [ourError, theirError] = [ours, theirs[i]].map((map) =>
          gridErrorPx(map, truths[model], size, size),
        );
        expect(ourError).toBeLessThan(theirError);
      } else expect(apart).toBeLessThan(0.02);
    });
  });
});

describeWith('python', 'registration of real drifting frames', () => {
  const missing = !existsSync(DRIFTING);
  const name = missing ? 'pc12-unreg.tif (missing: set AXIAL_SHARED)' : 'pc12-unreg.tif';
  describe.skipIf(missing)(name, () => {
    let shape: number[] = [];
    let planes: Plane[] = [];
    beforeAll(async () => {
      ({ shape } = await ask<{ shape: number[] }>('tiff', { path: DRIFTING }));
      const [count, height, width] = shape;
      const all = new Float32Array(floats('planes.raw'));
      planes = Array.from({ length: count }, (_, i) => ({
        width,
        height,
        data: all.slice(i * width * height, (i + 1) * width * height),
      }));
    });

    it.each(MODELS)('leaves no more difference than pystackreg: %s', async (model) => {
      hand(planes);
      const pairs = [1, 2, 3, 4].flatMap((i) => [
        [i - 1, i],
        [0, i],
      ]);
      const ours = pairs.map(([a, b]) => registerPair(planes[a], planes[b], model));
      const theirs = await ask<PlaneMap[]>('register', { shape, model, pairs });
      const judgedOurs = await ask<number[][]>('judge', { shape, pairs, maps: ours });
      const judgedTheirs = await ask<number[][]>('judge', { shape, pairs, maps: theirs });
      judgedOurs.forEach((directions, i) => {
        directions.forEach((value, k) => {
          expect(value / judgedTheirs[i][k]).toBeLessThanOrEqual(1.004);
        });
      });
      expect(flagSuspectPlanes(ours, planes[0]).flat()).toEqual([]);
    });
  });
});
