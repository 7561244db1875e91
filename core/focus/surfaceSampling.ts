import type { Plane } from '#core/image/Plane';
import { gaussianFilter } from './gaussianFilter';
import { noiseVariance, type NoiseModel } from './noiseModel';

/** Reach along z of the three estimates of a value, in planes; the widest is the quietest. */
const REACHES = [2.5, 1.5, 1] as const;
/** Planes around the surface that any estimate uses: from 2 below the one beneath it to 3 above. */
const BELOW = 2;
const ABOVE = 3;
const OFFSETS = BELOW + ABOVE + 1;
/** Heights are taken in this many steps per plane. */
const STEPS = 64;
/** Keeps the fit sane where all planes in reach are equally far from focus. */
const RIDGE = 0.005;
/** Differences of the estimates are judged in a window of this size. */
const JUDGED_SIGMA_PX = 2;

/** Reads an image along a surface of focus, one plane at a time. */
export interface SurfaceSampling {
  /** Takes plane `z`. */
  offer(plane: Plane, z: number): void;
  /** The image on the surface. */
  sampled(noise: NoiseModel): Float32Array<ArrayBuffer>;
}

/**
 * Prepares the sampling. Near focus, blur changes a value with the square of the distance z - h from
 * the surface: I(z) = T + A (z - h)^2. T is fitted at every pixel over a long, a middle and a short
 * reach along z; the shorter estimates, which follow fine detail better but are noisier, count as far
 * as they differ from the longer ones by more than the noise explains (a local Wiener factor).
 *
 * @param surface plane numbers with fractions, row-major (y, x)
 * @param width number of columns
 * @param planeCount number of planes
 */
export function surfaceSampling(
  surface: Float32Array,
  width: number,
  planeCount: number,
): SurfaceSampling {
  const length = surface.length;
  const table = coefficientTable();
  const bases = new Uint16Array(length);
  const keys = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    const steps = Math.round(Math.min(Math.max(surface[i], 0), planeCount - 1) * STEPS);
    const base = Math.floor(steps / STEPS);
    bases[i] = base;
    keys[i] = tableKey(base, planeCount - 1 - base, steps % STEPS);
  }
  const estimates = REACHES.map(() => new Float32Array(length));
  const [long, middle, short] = estimates;
  return {
    offer: ({ data }, z) => {
      for (let i = 0; i < length; i++) {
        const offset = z - bases[i] + BELOW;
        if (offset < 0 || offset >= OFFSETS) continue;
        const at = keys[i] * REACHES.length * OFFSETS + offset;
        const value = data[i];
        long[i] += table[at] * value;
        middle[i] += table[at + OFFSETS] * value;
        short[i] += table[at + 2 * OFFSETS] * value;
      }
    },
    sampled: (noise) => {
      const judge = gaussianFilter(width, length / width, JUDGED_SIGMA_PX);
      const image = long.slice();
      for (let step = 1; step < REACHES.length; step++) {
        const finer = estimates[step];
        const coarser = estimates[step - 1];
        const spread = finer.map((value, i) => (value - coarser[i]) ** 2);
        const expected = finer.map(
          (_, i) => noiseVariance(noise, long[i]) * differenceGain(table, keys[i], step),
        );
        judge(spread, spread);
        judge(expected, expected);
        for (let i = 0; i < length; i++) {
          const keep = spread[i] > 0 ? Math.max(0, 1 - expected[i] / spread[i]) : 0;
          image[i] += keep * (finer[i] - image[i]);
        }
      }
      return image;
    },
  };
}

/** Variance of the difference of two neighbouring estimates for noise of variance 1. */
function differenceGain(table: Float64Array, key: number, step: number): number {
  const start = (key * REACHES.length + step) * OFFSETS;
  let sum = 0;
  for (let k = start; k < start + OFFSETS; k++) sum += (table[k] - table[k - OFFSETS]) ** 2;
  return sum;
}

/** Row of the coefficient table for planes that lie `below` and `above` the base plane. */
function tableKey(below: number, above: number, step: number): number {
  return (Math.min(below, BELOW) * (ABOVE + 1) + Math.min(above, ABOVE)) * STEPS + step;
}

/** Weights of the planes around the surface for every key and reach. */
function coefficientTable(): Float64Array {
  const keys = (BELOW + 1) * (ABOVE + 1) * STEPS;
  const table = new Float64Array(keys * REACHES.length * OFFSETS);
  for (let below = 0; below <= BELOW; below++) {
    for (let above = 0; above <= ABOVE; above++) {
      for (let step = 0; step < STEPS; step++) {
        REACHES.forEach((reach, r) => {
          const weights = fitWeights(step / STEPS, below, above, reach);
          const row = tableKey(below, above, step) * REACHES.length + r;
          table.set(weights, row * OFFSETS);
        });
      }
    }
  }
  return table;
}

/** Weights that give T of the weighted least-squares fit of T + A d^2. */
function fitWeights(fraction: number, below: number, above: number, reach: number): Float64Array {
  const squares = new Float64Array(OFFSETS);
  const weights = squares.map((_, k) => {
    const offset = k - BELOW;
    const distance = Math.abs(offset - fraction);
    squares[k] = distance * distance;
    if (offset < -below || offset > above) return 0;
    return Math.min(Math.max(reach + 0.5 - distance, 0), 1);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = weights.reduce((sum, weight, k) => sum + weight * squares[k], 0) / total;
  const spread = weights.reduce((sum, weight, k) => sum + weight * (squares[k] - mean) ** 2, RIDGE);
  return weights.map((weight, k) => weight * (1 / total - ((squares[k] - mean) * mean) / spread));
}
