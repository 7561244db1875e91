import { describe, expect, it } from 'vitest';
import type { PlaneMap } from '#core/registration/PlaneMap';
import { affineMatrix } from '#core/registration/Matrix3';
import { curvatureMoments, residualMoments } from '#core/registration/registrationMoments';
import { registrationPyramid } from '#core/registration/registrationPyramid';
import type { MaskedPlane } from '#core/registration/registrationPyramid';
import { plainMoments } from './plainMoments';
import { seededRandom } from './scenes';

const random = seededRandom(17);

function plane(width: number, height: number, masked: boolean): MaskedPlane {
  const data = Float32Array.from({ length: width * height }, () => 100 * random());
  if (!masked) return { width, height, data };
  const mask = Uint8Array.from(data, () => (random() < 0.3 ? 0 : 1));
  return { width, height, data, mask };
}

function randomMap(bent: boolean): PlaneMap {
  const near = (spread: number): number => spread * (2 * random() - 1);
  const matrix = affineMatrix(1 + near(0.1), near(0.2), near(9), near(0.2), 1 + near(0.1), near(9));
  return bent ? { matrix, xy: [near(0.002), near(0.002)] } : { matrix };
}

const SHIFT: PlaneMap = { matrix: affineMatrix(1, 0, 3.3, 0, 1, -2.6) };

describe('the fast sums of registration', () => {
  it.each([
    ['an affine map', 40, 33, randomMap(false), false, false],
    ['a bilinear map', 33, 40, randomMap(true), false, false],
    ['a shift', 31, 31, SHIFT, false, false],
    ['a mask on the moving plane', 40, 33, randomMap(false), false, true],
    ['a mask on the reference', 40, 33, randomMap(true), true, false],
    ['masks on both and a shift', 25, 47, SHIFT, true, true],
  ])('equal the sums pixel by pixel: %s', (_, width, height, map, maskFixed, maskFree) => {
    const [reference] = registrationPyramid(plane(width, height, maskFixed)).levels;
    const [moving] = registrationPyramid(plane(width, height, maskFree)).levels;
    const offset = 3.7;
    const plain = plainMoments(reference, moving, map, offset);
    const line = new Float64Array(moving.width);
    const fast = residualMoments(reference, moving, map, offset, line);
    const curvature = curvatureMoments(reference, moving, map);
    expect(plain.count).toBeGreaterThan(100);
    expect(fast.count).toBe(plain.count);
    expect(Math.abs(fast.cost / plain.cost - 1)).toBeLessThan(1e-9);
    const largest = Math.max(...plain.projection.map(Math.abs));
    plain.projection.forEach((value, i) => {
      expect(Math.abs(fast.projection[i] - value)).toBeLessThan(1e-9 * largest);
    });
    const most = Math.max(...plain.curvature.map(Math.abs));
    plain.curvature.forEach((value, i) => {
      expect(Math.abs(curvature[i] - value)).toBeLessThan(1e-9 * most);
    });
  });
});
