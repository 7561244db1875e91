import { describe, expect, it } from 'vitest';
import { doubled, halfSize, halve } from '#core/image/halved';

describe('halve', () => {
  it('takes means of blocks, a last odd row or column standing for its neighbour', () => {
    const size = { width: 3, height: 3 };
    expect(halfSize(size)).toEqual({ width: 2, height: 2 });
    const out = new Float32Array(4);
    halve(new Float32Array([1, 3, 5, 5, 7, 9, 2, 4, 6]), size, out);
    expect([...out]).toEqual([4, 7, 3, 6]);
  });

  it('keeps a single pixel', () => {
    const out = new Float32Array(1);
    halve(new Float32Array([7]), { width: 1, height: 1 }, out);
    expect([...out]).toEqual([7]);
  });
});

describe('doubled', () => {
  it('lies on a slope inside, where block centres are between its pixels', () => {
    const from = { width: 4, height: 1 };
    const fine = doubled(new Float32Array([0.5, 2.5, 4.5, 6.5]), from, { width: 7, height: 1 });
    expect([...fine]).toEqual([0.5, 1, 2, 3, 4, 5, 6]);
  });

  it('follows rows like columns', () => {
    const values = new Float32Array([0, 4, 8, 2]);
    const rows = doubled(values, { width: 1, height: 4 }, { width: 1, height: 8 });
    expect([...rows]).toEqual([
      ...doubled(values, { width: 4, height: 1 }, { width: 8, height: 1 }),
    ]);
  });
});
