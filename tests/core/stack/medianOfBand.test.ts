import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOfBand } from '#core/stack/medianOfBand';

/** The definition: sort, and take the middle. */
function sortedMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

describe('medianOfBand', () => {
  it.each([
    ['uint8', Uint8Array, 255],
    ['uint16', Uint16Array, 65_535],
    ['few levels of uint16', Uint16Array, 3],
    ['float32', Float32Array, 1000],
  ] as const)('is the middle of the sorted values: %s', (_, ArrayType, highest) => {
    const scene = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(scene, fc.infiniteStream(fc.nat(highest)), ([planes, size], stream) => {
        const pixels = new ArrayType(planes * size);
        for (let i = 0; i < pixels.length; i++) pixels[i] = stream.next().value as number;
        const medians = medianOfBand({ pixels, planes });
        expect([...medians]).toEqual(
          Array.from({ length: size }, (_, i) =>
            sortedMedian(Array.from({ length: planes }, (_, z) => pixels[z * size + i])),
          ),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('leaves NaN out, and is NaN where there is nothing else', () => {
    const pixels = Float32Array.of(NaN, NaN, 4, 3, NaN, NaN, 5, NaN, 6);
    expect([...medianOfBand({ pixels, planes: 3 })]).toEqual([4, NaN, 5]);
  });
});
