import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverRegions, type Region } from '#core/training/data/coverRegions';

function shared(a: Region, b: Region): number {
  const along = (p: number, q: number) => Math.max(0, Math.min(p, q) + a.side - Math.max(p, q));
  return along(a.left, b.left) * along(a.top, b.top);
}

describe('coverRegions', () => {
  it('takes the richest region first and leaves empty places alone', () => {
    const foreground = new Uint8Array(40 * 20);
    for (let y = 0; y < 8; y++) foreground.fill(1, y * 40 + 30, y * 40 + 38);
    for (let y = 12; y < 16; y++) foreground.fill(1, y * 40 + 2, y * 40 + 6);
    const regions = coverRegions(foreground, { width: 40, height: 20, side: 8, gridPx: 1 });
    expect(regions).toEqual([
      { left: 30, top: 0, side: 8 },
      { left: 0, top: 8, side: 8 },
    ]);
  });

  it('takes all of an image that is as large as a region', () => {
    const foreground = new Uint8Array(64).fill(1);
    expect(coverRegions(foreground, { width: 8, height: 8, side: 8 })).toHaveLength(1);
    expect(coverRegions(foreground, { width: 8, height: 8, side: 9 })).toEqual([]);
  });

  it('stays inside, overlaps no more than allowed, and leaves no rich place', () => {
    const values = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 600, maxLength: 600 });
    fc.assert(
      fc.property(values, fc.constantFrom(0, 0.05, 0.3), (levels, overlap) => {
        const foreground = Uint8Array.from(levels, (level) => (level === 0 ? 1 : 0));
        const options = { width: 30, height: 20, side: 6, overlap, leastForeground: 0.2 };
        const regions = coverRegions(foreground, { ...options, gridPx: 1 });
        for (const [i, region] of regions.entries()) {
          expect(region.left + 6).toBeLessThanOrEqual(30);
          expect(region.top + 6).toBeLessThanOrEqual(20);
          const before = regions.slice(0, i).map((other) => shared(region, other));
          expect(Math.max(0, ...before)).toBeLessThanOrEqual(overlap * 36);
        }
      }),
      { numRuns: 30 },
    );
  });
});
