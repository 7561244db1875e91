import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geodesicDilation } from '#core/training/data/geodesicDilation';

const bits = (text: string) => Uint8Array.from(text.replaceAll(' ', ''), Number);

describe('geodesicDilation', () => {
  it('goes around corners of the mask, a step at a time', () => {
    const mask = bits('11111 00001 11111');
    const marker = bits('10000 00000 00000');
    expect(geodesicDilation(marker, mask, 5, 3)).toEqual(bits('11110 00000 00000'));
    expect(geodesicDilation(marker, mask, 5, 5)).toEqual(bits('11111 00001 00011'));
    expect(geodesicDilation(marker, mask, 5, 99)).toEqual(mask);
  });

  it('does not wrap around the border, and leaves out markers outside the mask', () => {
    expect(geodesicDilation(bits('0010 0000'), bits('0111 1100'), 4, 1)).toEqual(bits('0111 0100'));
    expect(geodesicDilation(bits('100'), bits('011'), 3, 9)).toEqual(bits('000'));
  });

  it('stays within the mask, holds the marker, and grows with the steps', () => {
    const pixels = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(pixels, pixels, fc.integer({ min: 0, max: 6 }), (marker, mask, steps) => {
        const [from, within] = [Uint8Array.from(marker), Uint8Array.from(mask)];
        const grown = geodesicDilation(from, within, 6, steps);
        const more = geodesicDilation(from, within, 6, steps + 1);
        grown.forEach((value, i) => {
          expect(value).toBeLessThanOrEqual(within[i]);
          expect(value).toBeGreaterThanOrEqual(from[i] * within[i]);
          expect(more[i]).toBeGreaterThanOrEqual(value);
        });
      }),
    );
  });

  it('refuses sizes that differ', () => {
    expect(() => geodesicDilation(bits('10'), bits('100'), 1, 1)).toThrow(RangeError);
  });
});
