import { describe, expect, it } from 'vitest';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';

const SHAPE = { t: 1, c: 1, z: 1, y: 2, x: 2 };
const FIRST = { t: 0, c: 0, z: 0 };

describe('memoryPlaneSource', () => {
  it('gives a copy, or the plane itself to one who only looks', async () => {
    const plane = new Uint16Array([1, 2, 3, 4]);
    const source = memoryPlaneSource(SHAPE, [plane]);
    const copy = await source.read(FIRST);
    expect(copy).toEqual(plane);
    expect(copy).not.toBe(plane);
    expect(await source.read(FIRST, { lend: true })).toBe(plane);
  });

  it('cuts regions out of a plane', async () => {
    const source = memoryPlaneSource(SHAPE, [new Uint8Array([1, 2, 3, 4])]);
    const region = { x: 1, y: 0, width: 1, height: 2 };
    expect(await source.read(FIRST, { region, lend: true })).toEqual(new Uint8Array([2, 4]));
  });

  it('refuses planes that do not fit the shape', () => {
    expect(() => memoryPlaneSource(SHAPE, [])).toThrow(RangeError);
    expect(() => memoryPlaneSource(SHAPE, [new Uint8Array(3)])).toThrow(RangeError);
  });
});
