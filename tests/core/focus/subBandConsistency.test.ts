import { describe, expect, it } from 'vitest';
import { subBandConsistency } from '#core/focus/subBandConsistency';
import { waveletBands } from '#core/focus/waveletBands';

const [BANDS] = waveletBands(2, 2, 1);

/** Plane numbers of the three bands after the vote, for bands of one coefficient each. */
function vote(planes: [number, number, number], moduli: [number, number, number]): number[] {
  const selection = {
    re: Float64Array.of(0, ...moduli),
    im: new Float64Array(4),
    planeIndex: Uint16Array.of(9, ...planes),
  };
  subBandConsistency(selection, 2, BANDS);
  expect(selection.planeIndex[0]).toBe(9);
  return [...selection.planeIndex.subarray(1)];
}

describe('subBandConsistency', () => {
  it('lets two bands outvote the third, whatever its modulus', () => {
    expect(vote([1, 1, 2], [1, 1, 50])).toEqual([1, 1, 1]);
    expect(vote([1, 2, 1], [1, 50, 1])).toEqual([1, 1, 1]);
    expect(vote([2, 1, 1], [50, 1, 1])).toEqual([1, 1, 1]);
  });

  it('follows the largest modulus when all three differ', () => {
    expect(vote([1, 2, 3], [5, 4, 3])).toEqual([1, 1, 1]);
    expect(vote([1, 2, 3], [3, -5, 4])).toEqual([2, 2, 2]);
    expect(vote([1, 2, 3], [3, 4, -5])).toEqual([3, 3, 3]);
  });
});
