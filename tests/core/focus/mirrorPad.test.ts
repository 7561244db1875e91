import { describe, expect, it } from 'vitest';
import {
  halfSampleMirror,
  mirrorPad,
  mirrorPadding,
  wholeSampleMirror,
} from '#core/focus/mirrorPad';
import { paddedSize } from '#core/focus/paddedSize';

const around = (mirror: (index: number, length: number) => number, length: number): number[] =>
  Array.from({ length: 10 }, (_, k) => mirror(k - 4, length));

describe('mirrors', () => {
  it('repeats the edge when the mirror stands between samples', () => {
    expect(around(halfSampleMirror, 3)).toEqual([2, 2, 1, 0, 0, 1, 2, 2, 1, 0]);
    expect(around(halfSampleMirror, 1)).toEqual(new Array(10).fill(0));
  });

  it('shows the edge once when the mirror stands on it', () => {
    expect(around(wholeSampleMirror, 3)).toEqual([0, 1, 2, 1, 0, 1, 2, 1, 0, 1]);
    expect(around(wholeSampleMirror, 1)).toEqual(new Array(10).fill(0));
  });
});

describe('mirrorPad', () => {
  it('centres the plane and mirrors it on all sides', () => {
    const out = new Float32Array(4 * 4);
    mirrorPad(new Float32Array([1, 2, 3]), 3, mirrorPadding(3, 1, 4, 4), out);
    expect([...out]).toEqual([1, 2, 3, 3, 1, 2, 3, 3, 1, 2, 3, 3, 1, 2, 3, 3]);
  });
});

describe('paddedSize', () => {
  it('keeps squares whose side is a power of two', () => {
    expect(paddedSize(128, 128)).toEqual({
      width: 128,
      height: 128,
      levels: 7,
    });
    expect(paddedSize(1, 1)).toEqual({ width: 1, height: 1, levels: 0 });
  });

  it('extends other sizes to powers of two that leave six scales where the longer side has them', () => {
    expect(paddedSize(300, 200)).toEqual({
      width: 512,
      height: 256,
      levels: 8,
    });
    expect(paddedSize(1, 500)).toEqual({ width: 64, height: 512, levels: 6 });
    expect(paddedSize(5, 3)).toEqual({ width: 8, height: 8, levels: 3 });
  });
});
