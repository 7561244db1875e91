import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendedDepthOfField } from '#core/focus/extendedDepthOfField';
import { heightsOf } from '#core/focus/heightsOf';
import { heightsUm } from '#core/focus/heightsUm';
import { smoothHeights } from '#core/focus/smoothHeights';
import { noisePlane, planeOf } from '#tests/helpers/planes';

describe('smoothHeights', () => {
  it('removes a single outlier and keeps a straight edge by the median', () => {
    const rows = [
      [1, 1, 5, 5],
      [1, 60, 5, 5],
      [1, 1, 5, 5],
    ];
    const heights = planeOf(4, 3, (x, y) => rows[y][x]);
    const smooth = smoothHeights(heights, { medianPx: 3 });
    expect([...smooth.data]).toEqual([1, 1, 5, 5, 1, 1, 5, 5, 1, 1, 5, 5]);
  });

  it('leaves heights alone when nothing is asked, and never changes its input', () => {
    const heights = noisePlane(9, 4, 1);
    const before = heights.data.slice();
    expect(smoothHeights(heights)).toEqual(heights);
    smoothHeights(heights, { medianPx: 5, sigmaPx: 2 });
    expect(heights.data).toEqual(before);
  });

  it('stays between the lowest and the highest height, at any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(1, 3, 5),
        fc.constantFrom(0, 0.5, 3),
        (width, height, medianPx, sigmaPx) => {
          const heights = noisePlane(width, height, width * height, 7);
          const { data } = smoothHeights(heights, { medianPx, sigmaPx });
          expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...heights.data) + 1e-5);
          expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...heights.data) - 1e-5);
        },
      ),
    );
  });

  it.each([{ medianPx: 2 }, { medianPx: 0 }, { sigmaPx: -1 }, { sigmaPx: Number.NaN }])(
    'calls %o a bug',
    (options) => {
      expect(() => smoothHeights(noisePlane(3, 3, 1), options)).toThrow(RangeError);
    },
  );
});

describe('heightsUm', () => {
  it('follows unevenly spaced planes', () => {
    const heights = planeOf(5, 1, (x) => [0, 0.5, 1, 1.25, 2][x]);
    expect([...heightsUm(heights, [10, 12, 20]).data]).toEqual([10, 11, 12, 14, 20]);
  });

  it('gives the position of a single plane, and of the last one beyond the stack', () => {
    const heights = planeOf(2, 1, (x) => x);
    expect([...heightsUm(heights, [3]).data]).toEqual([3, 3]);
    expect([...heightsUm(heights, [3, 4]).data]).toEqual([3, 4]);
  });
});

describe('heightsOf', () => {
  it('prefers heights between planes to whole ones', async () => {
    const planes = [noisePlane(8, 8, 1), noisePlane(8, 8, 2), noisePlane(8, 8, 3)];
    const variance = await extendedDepthOfField(planes, { method: 'variance' });
    expect([...heightsOf(variance).data]).toEqual([...variance.heightMap.data]);
    const fitted = await extendedDepthOfField(planes, { method: 'focusSurface' });
    expect(heightsOf(fitted)).toBe(fitted.surface);
  });
});
