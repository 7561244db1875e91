import type { Plane } from '#core/image/Plane';

/** A repeatable source of numbers from 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A plane whose values are computed from column and row. */
export function planeOf(
  width: number,
  height: number,
  valueAt: (x: number, y: number) => number,
): Plane {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    valueAt(i % width, Math.floor(i / width)),
  );
  return { width, height, data };
}

/** A plane of independent values from 0 to `range`. */
export function noisePlane(width: number, height: number, seed: number, range = 1000): Plane {
  const random = seededRandom(seed);
  return planeOf(width, height, () => range * random());
}

/** A repeatable source of normal deviates of mean 0 and variance 1. */
export function normalDeviates(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
