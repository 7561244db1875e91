import { describe, expect, it } from 'vitest';
import { autoWindow, histogram } from '#renderer/rendering/histogram';

describe('the histogram', () => {
  it('counts every value once, the largest in the last bin', () => {
    expect([...histogram(Uint8Array.of(0, 1, 2, 3, 4, 4), 0, 4, 4)]).toEqual([1, 1, 1, 3]);
  });

  it('leaves out what is no number or outside', () => {
    expect([...histogram(Float32Array.of(NaN, -1, 0, 1, 9), 0, 1, 2)]).toEqual([1, 1]);
  });

  it('is empty for a constant image', () => {
    expect([...histogram(Uint8Array.of(5, 5), 5, 5, 2)]).toEqual([0, 0]);
  });
});

describe('the automatic window', () => {
  it('leaves out the brightest and darkest quarter per cent', () => {
    const pixels = Uint16Array.from({ length: 10_000 }, (_, i) =>
      i === 0 ? 65_535 : 1000 + (i % 1000),
    );
    const { min, max } = autoWindow(pixels, 1000, 65_535);
    expect(min).toBeCloseTo(1000, -2);
    expect(max).toBeGreaterThan(1900);
    expect(max).toBeLessThan(2100);
  });

  it('gives a constant image, and one of no numbers, a window at all', () => {
    expect(autoWindow(Uint8Array.of(7, 7), 7, 7)).toEqual({ min: 0, max: 1 });
    expect(autoWindow(Float32Array.of(NaN), NaN, NaN)).toEqual({ min: 0, max: 1 });
  });
});
