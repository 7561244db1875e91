import { describe, expect, it } from 'vitest';
import { tileSidePx } from '#core/host/runtime/tileSidePx';

const GIB = 2 ** 30;

describe('tileSidePx', () => {
  it.each([
    [1, 1024],
    [4, 1024],
    [8, 1448],
    [16, 2048],
    [64, 4096],
  ])('of a machine with %i GiB is %i pixels', (memoryGib, sidePx) => {
    expect(tileSidePx(memoryGib * GIB)).toBe(sidePx);
  });
});
