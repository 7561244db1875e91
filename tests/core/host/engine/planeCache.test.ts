import { describe, expect, it } from 'vitest';
import { planeCache } from '#core/host/engine/planeCache';

const plane = (value: number): Uint8Array<ArrayBuffer> => new Uint8Array(10).fill(value);

describe('planeCache', () => {
  it('computes a plane once for all who ask at the same time', async () => {
    const cache = planeCache(100);
    let computed = 0;
    const compute = () => Promise.resolve(plane(++computed));
    const [a, b] = await Promise.all([cache.get('k', compute), cache.get('k', compute)]);
    expect([a[0], b[0], (await cache.get('k', compute))[0]]).toEqual([1, 1, 1]);
  });

  it('drops the plane that was used longest ago, and never holds more than its budget', async () => {
    const cache = planeCache(25);
    const get = (key: string) => cache.get(key, () => Promise.resolve(plane(0)));
    await get('a');
    await get('b');
    await get('a');
    await get('c');
    expect([cache.has('a'), cache.has('b'), cache.has('c')]).toEqual([true, false, true]);
    expect(cache.usedBytes).toBe(20);
  });

  it('hands a plane through that is larger than the whole budget', async () => {
    const cache = planeCache(5);
    expect((await cache.get('k', () => Promise.resolve(plane(3))))[0]).toBe(3);
    expect(cache.usedBytes).toBe(0);
  });

  it('tries again after a failure', async () => {
    const cache = planeCache(50);
    await expect(cache.get('k', () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
    expect((await cache.get('k', () => Promise.resolve(plane(4))))[0]).toBe(4);
  });

  it('forgets the planes of one document only', async () => {
    const cache = planeCache(50);
    await cache.get('d1/0', () => Promise.resolve(plane(1)));
    await cache.get('d10/0', () => Promise.resolve(plane(1)));
    cache.drop('d1/');
    expect([cache.has('d1/0'), cache.has('d10/0'), cache.usedBytes]).toEqual([false, true, 10]);
  });
});
