import { binomialFilter } from './binomialFilter';
import { doubled, halfSize, halve } from '#core/image/halved';
import type { NoiseModel } from './noiseModel';
import { differenceGains, REACHES } from './sampleWeights';
import type { SurfaceSampling } from './surfaceSampling';

/** Rows around a pixel that its value depends on, rounded up to whole blocks of 2 rows. */
export const JOIN_REACH_PX = 10;

/**
 * Joins the estimates to one image: the shorter ones, which follow fine detail better but are noisier,
 * count as far as they differ from the longer ones by more than the noise explains (a local Wiener
 * factor).
 *
 * @returns values row-major (y, x)
 */
export function joinEstimates({
  sampling: { width, images, keys, table },
  noise,
}: {
  readonly sampling: SurfaceSampling;
  readonly noise: NoiseModel;
}): Float32Array<ArrayBuffer> {
  const length = keys.length;
  const size = { width, height: length / width };
  const half = halfSize(size);
  const smooth = binomialFilter(half.width, half.height, 6);
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
