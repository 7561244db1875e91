import type { Plane } from '#core/image/Plane';
import { binomialFilter } from './binomialFilter';
import { doubled, halfSize, halve } from './halved';
import type { NoiseModel } from './noiseModel';

/** Reach along z of the three estimates of a value, in planes; the widest is the quietest. */
const REACHES = [2.5, 1.5, 1] as const;
/** Planes around the surface that any estimate uses: from 2 below the one beneath it to 3 above. */
const BELOW = 2;
const ABOVE = 3;
const OFFSETS = BELOW + ABOVE + 1;
/** Heights are taken in this many steps per plane. */
const STEPS = 64;
const KEYS = (BELOW + 1) * (ABOVE + 1) * STEPS;
/** Keeps the fit sane where all planes in reach are equally far from focus. */
const RIDGE = 0.005;

/** Estimates of the image on a surface of focus; arrays are row-major (y, x). */
export interface SurfaceEstimates {
  readonly width: number;
  /** One image per reach along z, the longest first. */
  readonly images: readonly Float32Array<ArrayBuffer>[];
  /** Which weights the planes around each pixel have. */
  readonly keys: Uint16Array<ArrayBuffer>;
}

/** Reads an image along a surface of focus, one plane at a time. */
export interface SurfaceSampling {
  readonly estimates: SurfaceEstimates;
  /** Takes plane `z`. */
  offer(plane: Plane, z: number): void;
}

/**
 * Prepares the sampling. Near focus, blur changes a value with the square of the distance z - h from
 * the surface: I(z) = T + A (z - h)^2. T is fitted at every pixel over a long, a middle and a short
 * reach along z.
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
  const { places, starts } = sortedByBase(bases, planeCount);
  const images = REACHES.map(() => new Float32Array(length));
  return {
    estimates: { width, images, keys },
    offer: ({ data }, z) => {
      for (let offset = 0; offset < OFFSETS; offset++) {
        const base = z + BELOW - offset;
        if (base < 0 || base >= planeCount) continue;
        const chosen = places.subarray(starts[base], starts[base + 1]);
        addWeighted(data, chosen, offset, keys, table, images);
      }
    },
  };
}

/** The pixels in the order of their bases, and where those of each base start; a plane reaches few of them. */
function sortedByBase(
  bases: Uint16Array,
  planeCount: number,
): { readonly places: Uint32Array; readonly starts: Uint32Array } {
  const starts = new Uint32Array(planeCount + 1);
  for (let i = 0; i < bases.length; i++) starts[bases[i] + 1] += 1;
  for (let z = 0; z < planeCount; z++) starts[z + 1] += starts[z];
  const next = starts.slice();
  const places = new Uint32Array(bases.length);
  for (let i = 0; i < bases.length; i++) places[next[bases[i]]++] = i;
  return { places, starts };
}

/** Adds a plane to the estimates of pixels that it lies `offset` planes above the lowest one of. */
function addWeighted(
  data: Float32Array,
  places: Uint32Array,
  offset: number,
  keys: Uint16Array,
  table: Float64Array,
  [long, middle, short]: readonly Float32Array[],
): void {
  for (let k = 0; k < places.length; k++) {
    const i = places[k];
    const at = keys[i] * REACHES.length * OFFSETS + offset;
    const value = data[i];
    long[i] += table[at] * value;
    middle[i] += table[at + OFFSETS] * value;
    short[i] += table[at + 2 * OFFSETS] * value;
  }
}

/**
 * Joins the estimates to one image: the shorter ones, which follow fine detail better but are noisier,
 * count as far as they differ from the longer ones by more than the noise explains (a local Wiener
 * factor).
 *
 * @returns values row-major (y, x)
 */
export function joinEstimates({
  estimates: { width, images, keys },
  noise,
}: {
  readonly estimates: SurfaceEstimates;
  readonly noise: NoiseModel;
}): Float32Array<ArrayBuffer> {
  const length = keys.length;
  const size = { width, height: length / width };
  const half = halfSize(size);
  const smooth = binomialFilter(half.width, half.height, 6);
  const table = coefficientTable();
  const image = images[0].slice();
  const full = new Float32Array(length);
  const [spread, expected] = [1, 2].map(() => new Float32Array(half.width * half.height));
  const judge = (values: Float32Array): void => {
    halve(full, size, values);
    smooth(values, values);
  };
  for (let step = 1; step < REACHES.length; step++) {
    squaredDifferences(images[step], images[step - 1], full);
    judge(spread);
    expectedDifferences(images[0], keys, noise, differenceGains(table, step), full);
    judge(expected);
    toShares(spread, expected);
    moveTowards(image, images[step], doubled(spread, half, size));
  }
  return image;
}

function squaredDifferences(a: Float32Array, b: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const difference = a[i] - b[i];
    out[i] = difference * difference;
  }
}

/** Variance that noise gives to the difference of two estimates. */
function expectedDifferences(
  image: Float32Array,
  keys: Uint16Array,
  { constant, slope }: NoiseModel,
  gains: Float64Array,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = Math.max(0, constant + slope * image[i]) * gains[keys[i]];
  }
}

/** What is left of the spread after the expected part, as a share; replaces the spread. */
function toShares(spread: Float32Array, expected: Float32Array): void {
  for (let i = 0; i < spread.length; i++) {
    spread[i] = spread[i] > 0 ? Math.max(0, 1 - expected[i] / spread[i]) : 0;
  }
}

function moveTowards(image: Float32Array, finer: Float32Array, shares: Float32Array): void {
  for (let i = 0; i < image.length; i++) image[i] += shares[i] * (finer[i] - image[i]);
}

/** For every key the variance of the difference of two neighbouring estimates for noise of variance 1. */
function differenceGains(table: Float64Array, step: number): Float64Array {
  return Float64Array.from({ length: KEYS }, (_, key) => {
    const start = (key * REACHES.length + step) * OFFSETS;
    let sum = 0;
    for (let k = start; k < start + OFFSETS; k++) sum += (table[k] - table[k - OFFSETS]) ** 2;
    return sum;
  });
}

/** Row of the coefficient table for planes that lie `below` and `above` the base plane. */
function tableKey(below: number, above: number, step: number): number {
  return (Math.min(below, BELOW) * (ABOVE + 1) + Math.min(above, ABOVE)) * STEPS + step;
}

/** Weights of the planes around the surface for every key and reach. */
function coefficientTable(): Float64Array {
  const table = new Float64Array(KEYS * REACHES.length * OFFSETS);
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
