import { describe, expect, it } from 'vitest';
import type { Plane } from '#core/image/Plane';
import { affineMatrix } from '#core/registration/Matrix3';
import { IDENTITY_MAP } from '#core/registration/PlaneMap';
import type { PlaneMap } from '#core/registration/PlaneMap';
import { resamplePlane } from '#core/registration/resamplePlane';
import { fixtureFloats, fixturePlane, registrationFixtures } from './registrationFixtures';
import { seededRandom } from './scenes';

function randomPlane(width: number, height: number, seed = 5, offset = 0): Plane {
  const random = seededRandom(seed);
  const data = Float32Array.from({ length: width * height }, () => offset + 1000 * random());
  return { width, height, data };
}

const shift = (x: number, y: number): PlaneMap => ({ matrix: affineMatrix(1, 0, x, 0, 1, y) });
const KEEP = { overshoot: 'keep' } as const;

describe('resamplePlane', () => {
  it.each(registrationFixtures.filter((fixture) => fixture.output))(
    'gives the pixels and the zero mask of the reference program: $model',
    ({ moving, turboReg, output }) => {
      const plane = fixturePlane(moving);
      const range = plane.data.reduce((a, b) => Math.max(a, b)) - Math.min(...plane.data);
      const expected = fixtureFloats(output ?? '');
      const { data } = resamplePlane(plane, { matrix: turboReg }, KEEP);
      let largest = 0;
      let masksDiffer = 0;
      for (let i = 0; i < data.length; i++) {
        largest = Math.max(largest, Math.abs(data[i] - expected[i]));
        if ((data[i] === 0) !== (expected[i] === 0)) masksDiffer++;
      }
      expect(largest / range).toBeLessThan(1e-5);
      expect(masksDiffer).toBe(0);
    },
  );

  it('returns the plane itself under the identity', () => {
    const plane = randomPlane(17, 9);
    const result = resamplePlane(plane, IDENTITY_MAP);
    expect(result.data).toEqual(plane.data);
    expect(result.data).not.toBe(plane.data);
  });

  it('moves pixels unchanged by whole shifts, with zeros where nothing was', () => {
    const plane = randomPlane(13, 8, 5, 60_000);
    const { data } = resamplePlane(plane, shift(3, -2));
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 13; x++) {
        const inside = x + 3 < 13 && y - 2 >= 0;
        const expected = inside ? plane.data[(y - 2) * 13 + x + 3] : 0;
        expect(Math.abs(data[y * 13 + x] - expected)).toBeLessThan(0.01);
      }
    }
  });

  it('gives the same values by the path for shifts and the path for other transforms', () => {
    const plane = randomPlane(31, 22);
    const plain = resamplePlane(plane, shift(0.37, -1.61)).data;
    const nearly = resamplePlane(plane, {
      matrix: affineMatrix(1 + 1e-15, 0, 0.37, 0, 1, -1.61),
    }).data;
    plain.forEach((value, i) => expect(nearly[i]).toBeCloseTo(value, 3));
  });

  it('reproduces a straight ramp between the pixels, away from the border', () => {
    const plane: Plane = {
      width: 60,
      height: 40,
      data: Float32Array.from({ length: 2400 }, (_, i) => 3 * (i % 60) - 2 * Math.floor(i / 60)),
    };
    for (const interpolation of ['cubic', 'linear'] as const) {
      const { data } = resamplePlane(plane, shift(0.3, 0.6), { interpolation });
      for (let y = 15; y < 25; y++) {
        for (let x = 15; x < 45; x++) {
          expect(data[y * 60 + x]).toBeCloseTo(3 * (x + 0.3) - 2 * (y + 0.6), 3);
        }
      }
    }
  });

  it('takes the nearest pixel, halves up', () => {
    const plane: Plane = { width: 4, height: 1, data: Float32Array.of(1, 2, 3, 4) };
    const options = { interpolation: 'nearest' } as const;
    expect([...resamplePlane(plane, shift(0.5, 0), options).data]).toEqual([2, 3, 4, 0]);
    expect([...resamplePlane(plane, shift(-0.5, 0), options).data]).toEqual([1, 2, 3, 4]);
    expect([...resamplePlane(plane, shift(-0.51, 0), options).data]).toEqual([0, 1, 2, 3]);
  });

  it.each(['cubic', 'linear', 'nearest'] as const)(
    'fills outside pixels as asked with %s interpolation',
    (interpolation) => {
      const plane: Plane = {
        width: 6,
        height: 5,
        data: Float32Array.from({ length: 30 }, (_, i) => 1 + (i % 6)),
      };
      const row = (border: 'zero' | 'edge' | number) =>
        [...resamplePlane(plane, shift(4, 0), { interpolation, border }).data.slice(12, 18)].map(
          (value) => Math.round(value * 1e4) / 1e4,
        );
      expect(row('zero')).toEqual([5, 6, 0, 0, 0, 0]);
      expect(row('edge')).toEqual([5, 6, 6, 6, 6, 6]);
      expect(row(-7)).toEqual([5, 6, -7, -7, -7, -7]);
    },
  );

  it('keeps integer results in the range of their type although the spline overshoots', () => {
    const plane: Plane = {
      width: 16,
      height: 16,
      data: Float32Array.from({ length: 256 }, (_, i) => (i % 16 < 8 ? 0 : 255)),
    };
    const free = resamplePlane(plane, shift(0.5, 0), KEEP).data;
    expect(Math.min(...free)).toBeLessThan(-1);
    expect(Math.max(...free)).toBeGreaterThan(256);
    const limited = resamplePlane(plane, shift(0.5, 0), { ...KEEP, clampTo: 'uint8' }).data;
    expect(Math.min(...limited)).toBe(0);
    expect(Math.max(...limited)).toBe(255);
    expect(limited.every(Number.isInteger)).toBe(true);
    const wide = resamplePlane(plane, shift(0.5, 0), { ...KEEP, clampTo: 'uint16' }).data;
    expect(Math.max(...wide)).toBeGreaterThan(256);
  });

  it('holds the cubic spline within the range of the pixels around, unless told to keep it', () => {
    const plane = randomPlane(23, 19);
    for (const matrix of [
      affineMatrix(1, 0, 0.4, 0, 1, -0.7),
      affineMatrix(0.9, 0.2, 1.3, -0.15, 1.1, 0.2),
    ]) {
      const [[a, b, c], [d, e, f]] = matrix;
      const kept = resamplePlane(plane, { matrix }, { ...KEEP, border: Number.NaN }).data;
      const held = resamplePlane(plane, { matrix }, { border: Number.NaN }).data;
      let changed = 0;
      held.forEach((value, i) => {
        if (Number.isNaN(value)) return;
        const [x, y] = [i % 23, Math.floor(i / 23)];
        const column = Math.floor(a * x + b * y + c);
        const row = Math.floor(d * x + e * y + f);
        const around: number[] = [];
        for (let v = Math.max(0, row - 1); v <= Math.min(18, row + 2); v++) {
          for (let u = Math.max(0, column - 1); u <= Math.min(22, column + 2); u++) {
            around.push(plane.data[v * 23 + u]);
          }
        }
        const [low, high] = [Math.min(...around), Math.max(...around)];
        expect(value).toBe(Math.max(low, Math.min(high, kept[i])));
        if (value !== kept[i]) changed++;
      });
      expect(changed).toBeGreaterThan(0);
    }
  });

  it('makes no negative pixels of a dark background beside bright objects', () => {
    const plane: Plane = {
      width: 16,
      height: 16,
      data: Float32Array.from({ length: 256 }, (_, i) => (i % 16 < 8 ? 0 : 255)),
    };
    const { data } = resamplePlane(plane, shift(0.5, 0.25), { border: 'edge' });
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBe(255);
  });

  it('follows a bilinear map', () => {
    const plane: Plane = {
      width: 40,
      height: 40,
      data: Float32Array.from({ length: 1600 }, (_, i) => (i % 40) + 100 * Math.floor(i / 40)),
    };
    const map: PlaneMap = { matrix: affineMatrix(1, 0, 2, 0, 1, 1), xy: [0.002, -0.003] };
    for (const interpolation of ['cubic', 'linear'] as const) {
      const { data } = resamplePlane(plane, map, { interpolation });
      for (const [x, y] of [
        [12, 14],
        [20, 25],
      ]) {
        const u = x + 2 + 0.002 * x * y;
        const v = y + 1 - 0.003 * x * y;
        expect(data[y * 40 + x]).toBeCloseTo(u + 100 * v, 2);
      }
    }
  });

  it('rounds halves up', () => {
    const plane: Plane = { width: 2, height: 1, data: Float32Array.of(1, 2) };
    const options = { interpolation: 'linear', clampTo: 'uint16' } as const;
    expect(resamplePlane(plane, shift(0.5, 0), options).data[0]).toBe(2);
  });

  it('works on a single pixel and on a single row', () => {
    expect([...resamplePlane(randomPlane(1, 1), shift(0.2, 0.2)).data]).toEqual([
      expect.closeTo(randomPlane(1, 1).data[0], 2),
    ]);
    expect(resamplePlane(randomPlane(9, 1), shift(0.2, 0)).data.every(Number.isFinite)).toBe(true);
  });

  it('gives the border value everywhere when the plane is moved out of sight', () => {
    expect(resamplePlane(randomPlane(9, 9), shift(100, 0)).data.every((v) => v === 0)).toBe(true);
  });

  it('refuses NaN for cubic interpolation and keeps it where it is for nearest', () => {
    const plane = randomPlane(5, 5);
    plane.data[7] = Number.NaN;
    expect(() => resamplePlane(plane, shift(0.5, 0))).toThrowError(
      expect.objectContaining({ tag: 'ImpossibleRequestError' }),
    );
    const { data } = resamplePlane(plane, shift(1, 0), { interpolation: 'nearest' });
    expect([...data.keys()].filter((i) => Number.isNaN(data[i]))).toEqual([6]);
  });
});
