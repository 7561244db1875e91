import { describe, expect, it } from 'vitest';
import { planeSharpness } from '#core/focus/planeSharpness';
import { domeScene } from '#tests/helpers/domeScene';
import { planeOf } from '#tests/helpers/planes';

describe('planeSharpness', () => {
  const checkers = planeOf(8, 8, (x, y) => ((x + y) % 2 === 0 ? 1 : 3));

  it('equals the analytic values of a checkerboard', () => {
    // Every Laplacian is 4 x (+-2), the variance 1, the mean 2.
    expect(planeSharpness(checkers)).toBeCloseTo(64 / 4, 12);
    expect(planeSharpness(checkers, { divideByMean: false })).toBeCloseTo(64, 12);
    expect(planeSharpness(checkers, { measure: 'variance' })).toBeCloseTo(1 / 4, 12);
  });

  it.each(['laplacian', 'variance'] as const)(
    'falls with defocus and ignores exposure (%s)',
    (measure) => {
      const { planes, depth } = domeScene(64, 64, 8);
      const curve = planes.map((plane) => planeSharpness(plane, { measure }));
      const mostInFocus = Math.round([...depth.data].sort((a, b) => a - b)[depth.data.length / 2]);
      expect(Math.abs(curve.indexOf(Math.max(...curve)) - mostInFocus)).toBeLessThanOrEqual(1);
      const brighter = planeOf(64, 64, (x, y) => 2 * planes[3].data[y * 64 + x]);
      expect(planeSharpness(brighter, { measure })).toBeCloseTo(curve[3], 9);
    },
  );

  it('is 0 for constant planes, black ones and single pixels too', () => {
    expect(planeSharpness(planeOf(5, 3, () => 7))).toBe(0);
    expect(planeSharpness(planeOf(5, 3, () => 0))).toBe(0);
    expect(planeSharpness(planeOf(1, 1, () => 4))).toBe(0);
  });
});
