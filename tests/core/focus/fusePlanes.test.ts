import { describe, expect, it } from 'vitest';
import { extendedDepthOfField } from '#core/focus/extendedDepthOfField';
import { fusePlanes } from '#core/focus/fusePlanes';
import { noisePlane } from '#tests/helpers/planes';

const PLANES = [1, 2, 3].map((seed) => noisePlane(24, 16, seed));
const read = (z: number) => Promise.resolve(PLANES[z]);

describe('fusePlanes', () => {
  it('gives what the fusion in memory gives', async () => {
    expect(await fusePlanes(3, read)).toEqual(await extendedDepthOfField(PLANES));
  });

  it('reads each plane once per pass and reports progress up to 1', async () => {
    const asked: number[] = [];
    const fractions: number[] = [];
    const readPlane = (z: number) => {
      asked.push(z);
      return read(z);
    };
    await fusePlanes(3, readPlane, {
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(asked).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });

  it('stops reading when cancelled', async () => {
    const controller = new AbortController();
    let asked = 0;
    const readPlane = (z: number) => {
      asked += 1;
      if (z === 1) controller.abort();
      return read(z);
    };
    const fusion = fusePlanes(3, readPlane, { signal: controller.signal });
    await expect(fusion).rejects.toMatchObject({ tag: 'CancelledError' });
    expect(asked).toBe(2);
  });

  it('refuses a stack of no planes', async () => {
    await expect(fusePlanes(0, read)).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
    });
  });
});
