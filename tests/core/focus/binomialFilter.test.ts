import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialFilter, type BinomialOrder } from '#core/focus/binomialFilter';
import { wholeSampleMirror } from '#core/focus/mirrorPad';
import { noisePlane } from '#tests/helpers/planes';

const TAPS = { 2: [1, 2, 1], 6: [1, 6, 15, 20, 15, 6, 1] } as const;

/** The sum over all taps, written out. */
function direct(data: Float32Array, width: number, height: number, order: BinomialOrder): number[] {
  const taps = TAPS[order];
  const radius = order / 2;
  return Array.from(data, (_, i) => {
    let sum = 0;
    taps.forEach((vertical, j) => {
      const y = wholeSampleMirror(Math.floor(i / width) + j - radius, height);
      taps.forEach((horizontal, k) => {
        const x = wholeSampleMirror((i % width) + k - radius, width);
        sum += vertical * horizontal * data[y * width + x];
      });
    });
    return sum / 4 ** order;
  });
}

describe('binomialFilter', () => {
  it.each([2, 6] as const)('of order %d is the sum over its taps, in place too', (order) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (width, height) => {
          const { data } = noisePlane(width, height, width + height);
          const expected = direct(data, width, height, order);
          const filter = binomialFilter(width, height, order);
          const out = new Float32Array(data.length);
          filter(data, out);
          out.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 2));
          filter(data, data);
          expect(data).toEqual(out);
        },
      ),
      { numRuns: 60 },
    );
  });
});
