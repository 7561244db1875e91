import { describe, expect, it } from 'vitest';
import { extendedDepthOfField } from '#core/focus/extendedDepthOfField';
import { edfWork, type EdfWork } from '#core/focus/edfWork';
import { fusePlanes, type EdfMethod } from '#core/focus/fusePlanes';
import { cancelledError } from '#core/util/errors';
import { noisePlane } from '#tests/helpers/planes';

const PLANES = [1, 2, 3].map((seed) => noisePlane(24, 16, seed));
const read = (z: number) => Promise.resolve(PLANES[z]);

/** Work on copies, of which later pieces are done before earlier ones, as threads may. */
function elsewhere(): EdfWork {
  let waitMs = 8;
  const later = Object.entries(edfWork).map(([name, work]) => [
    name,
    async (input: never) => {
      const copy = structuredClone(input);
      await new Promise((resolve) => setTimeout(resolve, (waitMs = waitMs > 0 ? waitMs - 4 : 8)));
      return work(copy);
    },
  ]);
  return Object.fromEntries(later) as EdfWork;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(cancelledError()), { once: true });
  });
}

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

  it.each<EdfMethod>(['complexWavelet', 'focusSurface', 'variance', 'sobel', 'laplacian'])(
    '%s gives the same when its work is done elsewhere, several pieces at a time',
    async (method) => {
      const planes = Array.from({ length: 21 }, (_, seed) => noisePlane(37, 29, seed));
      const there = await fusePlanes(21, (z) => Promise.resolve(planes[z]), {
        method,
        work: elsewhere(),
        ahead: 4,
      });
      expect(there).toEqual(await extendedDepthOfField(planes, { method }));
    },
  );

  it('joins bands of rows to the same image as one piece gives, for odd heights too', async () => {
    const planes = Array.from({ length: 9 }, (_, seed) => noisePlane(21, 259, seed));
    const options = { method: 'focusSurface', work: elsewhere(), ahead: 4 } as const;
    const inBands = await extendedDepthOfField(planes, options);
    expect(inBands).toEqual(await extendedDepthOfField(planes, { method: 'focusSurface' }));
  });

  it('gives for whole numbers what it gives for the same numbers in single precision', async () => {
    const singles = [4, 5, 6].map((seed) => noisePlane(31, 18, seed));
    const whole = singles.map(({ width, height, data }) => ({
      ...{ width, height },
      data: Uint16Array.from(data, (value) => 1000 + 100 * value),
    }));
    const same = whole.map((plane) => ({ ...plane, data: Float32Array.from(plane.data) }));
    for (const method of ['focusSurface', 'complexWavelet', 'variance'] as const) {
      const fused = await fusePlanes(3, (z) => Promise.resolve(whole[z]), { method });
      expect(fused).toEqual(await extendedDepthOfField(same, { method }));
    }
  });

  it('is cancelled while work is done elsewhere', async () => {
    const controller = new AbortController();
    const never = { ...edfWork, sharpestPixels: () => untilAborted(controller.signal) };
    const fusion = fusePlanes(3, read, {
      method: 'sobel',
      work: never,
      signal: controller.signal,
    });
    controller.abort();
    await expect(fusion).rejects.toMatchObject({ tag: 'CancelledError' });
  });

  it('refuses a stack of no planes', async () => {
    await expect(fusePlanes(0, read)).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
    });
  });
});
