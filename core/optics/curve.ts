import type { Random } from '#core/util/random';

/** A place or a direction (x, y, z). */
export type Vector = readonly [number, number, number];

/** a + scale b. */
export function plus(a: Vector, b: Vector, scale = 1): Vector {
  return [a[0] + scale * b[0], a[1] + scale * b[1], a[2] + scale * b[2]];
}

/** The direction of a vector. */
export function unit(a: Vector): Vector {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** A direction drawn evenly from the sphere whose z is then pressed to a share. */
export function randomDirection(random: Random, flatness: number): Vector {
  return unit([random.normal(), random.normal(), flatness * random.normal()]);
}

/** The vector across both. */
export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** How a thread bends. Lengths are in micrometres. */
export interface CurveOptions {
  readonly start: Vector;
  readonly direction: Vector;
  readonly lengthUm: number;
  /** Persistence length: over it, a free thread forgets its direction. */
  readonly persistenceUm: number;
  /** Distance of the points. */
  readonly stepUm: number;
  /** How much of the bending goes along z, 0 to 1. */
  readonly flatness: number;
}

/**
 * A thread as a worm-like chain (Kratky & Porod 1949, doi:10.1002/recl.19490681203) whose curvature itself
 * changes smoothly, so that it has no kinks.
 *
 * @returns points along the thread
 */
export function wormLikeCurve(random: Random, options: CurveOptions): Vector[] {
  const { start, lengthUm, persistenceUm, stepUm, flatness } = options;
  const steps = Math.max(1, Math.ceil(lengthUm / stepUm));
  // Bends last for a tenth of the persistence length; their strength gives that persistence.
  const lastingUm = Math.max(stepUm, 0.1 * persistenceUm);
  const lasting = Math.exp(-stepUm / lastingUm);
  const strength = stepUm / Math.sqrt(2 * lastingUm * persistenceUm);
  let bend: Vector = [0, 0, 0];
  let direction = unit(options.direction);
  let place = start;
  const points = [place];
  for (let i = 0; i < steps; i++) {
    const kick: Vector = [random.normal(), random.normal(), flatness * random.normal()];
    bend = plus(
      [lasting * bend[0], lasting * bend[1], lasting * bend[2]],
      kick,
      Math.sqrt(1 - lasting ** 2),
    );
    direction = unit(plus(direction, bend, strength));
    place = plus(place, direction, stepUm);
    points.push(place);
  }
  return points;
}
