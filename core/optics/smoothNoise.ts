import type { Random } from '#core/util/random';

/** Side of the lattice of random values that repeats through space. */
const LATTICE = 32;

/** Mean over space of the variance that blending leaves: the mean of (1 - s)^2 + s^2 on each axis. */
const VARIANCE_LEFT = (26 / 35) ** 3;

/** A smooth random function of a place in micrometres, of mean 0 and variance 1. */
export type NoiseField = (xUm: number, yUm: number, zUm: number) => number;

/**
 * Smooth noise of one scale: normal random values on a cubic lattice in a random
 * orientation, joined by cubic blending.
 *
 * @param random where the values come from
 * @param scaleUm spacing of the lattice in micrometres; structures are about as wide
 */
export function smoothNoise(random: Random, scaleUm: number): NoiseField {
  const values = new Float32Array(LATTICE ** 3);
  const gain = 1 / Math.sqrt(VARIANCE_LEFT);
  for (let i = 0; i < values.length; i++) values[i] = gain * random.normal();
  const turn = randomRotation(random).map((entry) => entry / scaleUm);
  const [a, b, c, d, e, f, g, h, i] = turn as unknown as Rotation;
  const shift = LATTICE * random.uniform() + LATTICE * 4096;
  return (x, y, z) =>
    blend(
      values,
      a * x + b * y + c * z + shift,
      d * x + e * y + f * z + shift,
      g * x + h * y + i * z + shift,
    );
}

/** A rotation matrix, row-major. */
export type Rotation = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/**
 * A rotation drawn evenly from all rotations, by a random unit quaternion
 * (Shoemake 1992, Graphics Gems III).
 */
export function randomRotation(random: Random): Rotation {
  let [w, x, y, z] = [random.normal(), random.normal(), random.normal(), random.normal()];
  const norm = Math.hypot(w, x, y, z) || 1;
  w /= norm;
  x /= norm;
  y /= norm;
  z /= norm;
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    1 - 2 * (x * x + y * y),
  ];
}

function blend(values: Float32Array, x: number, y: number, z: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const z0 = Math.floor(z);
  const u = ease(x - x0);
  const v = ease(y - y0);
  const w = ease(z - z0);
  const mask = LATTICE - 1;
  const left = x0 & mask;
  const right = (x0 + 1) & mask;
  const top = (y0 & mask) * LATTICE;
  const bottom = ((y0 + 1) & mask) * LATTICE;
  const near = (z0 & mask) * LATTICE * LATTICE;
  const far = ((z0 + 1) & mask) * LATTICE * LATTICE;
  const nearValue = mix(
    mix(values[near + top + left]!, values[near + top + right]!, u),
    mix(values[near + bottom + left]!, values[near + bottom + right]!, u),
    v,
  );
  const farValue = mix(
    mix(values[far + top + left]!, values[far + top + right]!, u),
    mix(values[far + bottom + left]!, values[far + bottom + right]!, u),
    v,
  );
  return mix(nearValue, farValue, w);
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
