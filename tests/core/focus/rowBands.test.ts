import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowBands } from '#core/focus/rowBands';

describe('rowBands', () => {
  it('covers every row once, in bands that begin at even rows and have their margins', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 16 }));
    fc.assert(
      fc.property(sizes, ([height, most]) => {
        const bands = rowBands(height, most, 10);
        expect(bands.length).toBeLessThanOrEqual(most);
        expect(bands[0].top).toBe(0);
        expect(bands[bands.length - 1].bottom).toBe(height);
        bands.forEach(({ top, bottom, from, to }, k) => {
          expect(top % 2).toBe(0);
          expect(bottom).toBe(bands[k + 1]?.top ?? height);
          expect(from).toBe(Math.max(0, top - 10));
          expect(to).toBe(Math.min(height, bottom + 10));
          if (bands.length > 1) expect(bottom - top).toBeGreaterThanOrEqual(62);
        });
      }),
    );
  });
});
