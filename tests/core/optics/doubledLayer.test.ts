import { describe, expect, it } from 'vitest';
import { doubledLayer, type LayerFrame } from '#core/optics/fit/doubledLayer';

describe('doubledLayer', () => {
  /** A slope over the field, at either resolution: the height of a place in samples of the finer one. */
  const slopeOf = ({ width, height, left, top }: LayerFrame, sideOfSample: number): Float32Array =>
    Float32Array.from({ length: width * height }, (_, i) => {
      const along = (at: number, before: number): number => (at - before + 0.5) * sideOfSample;
      return along(i % width, left) + 3 * along(Math.floor(i / width), top);
    });

  it.each([
    {
      from: { width: 10, height: 8, left: 2, top: 1 },
      to: { width: 20, height: 16, left: 4, top: 2 },
    },
    {
      from: { width: 12, height: 10, left: 3, top: 3 },
      to: { width: 18, height: 15, left: 3, top: 4 },
    },
  ])('keeps what it shows where it is, whatever lies around the field: $to', ({ from, to }) => {
    const into = new Float32Array(to.width * to.height);
    doubledLayer(slopeOf(from, 2), from, into, to);
    const wanted = slopeOf(to, 1);
    for (let y = 2; y < to.height - 2; y++) {
      for (let x = 2; x < to.width - 2; x++) {
        const i = y * to.width + x;
        expect(into[i]).toBeCloseTo(wanted[i]!, 4);
      }
    }
  });

  it('goes on with the edge beyond it', () => {
    const into = new Float32Array(6 * 4);
    const from = { width: 1, height: 1, left: 0, top: 0 };
    doubledLayer(Float32Array.of(7), from, into, { width: 6, height: 4, left: 2, top: 1 });
    expect(new Set(into)).toEqual(new Set([7]));
  });
});
