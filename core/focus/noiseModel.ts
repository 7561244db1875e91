import type { Plane } from '#core/image/Plane';

/** Variance of the noise of a value: constant + slope * value, never negative. */
export interface NoiseModel {
  readonly constant: number;
  readonly slope: number;
}

/** Noise of one plane by intensity. */
export interface NoiseSample {
  /** Median variance of the intensity groups: how noisy (or how sharp) the plane is. */
  readonly typical: number;
  readonly meanValue: number;
  readonly values: Float64Array;
  readonly variances: Float64Array;
}

const GROUPS = 16;
const MAX_BLOCKS = 8192;
/** Standard deviation of a normal variable over the median of its magnitude. */
const PER_MEDIAN = 1.482602218505602;

/**
 * Noise of a plane from the diagonal detail of 2 x 2 blocks, group by group of equal intensity.
 * Medians keep sparse structure out; a plane that is sharp all over gives too large a figure.
 *
 * @see Donoho D. L. and Johnstone I. M., Biometrika 81, 1994, doi:10.1093/biomet/81.3.425
 */
export function sampleNoise({ width, height, data }: Plane): NoiseSample {
  const columns = width >> 1;
  const blocks = columns * (height >> 1);
  const step = Math.max(1, Math.ceil(blocks / MAX_BLOCKS));
  const count = Math.floor((blocks + step - 1) / step);
  const means = new Float32Array(count);
  const details = new Float32Array(count);
  let total = 0;
  for (let n = 0, block = 0; n < count; n++, block += step) {
    const i = 2 * Math.floor(block / columns) * width + 2 * (block % columns);
    const diagonal = data[i] + data[i + width + 1];
    const other = data[i + 1] + data[i + width];
    means[n] = (diagonal + other) / 4;
    details[n] = Math.abs(diagonal - other) / 2;
    total += means[n];
  }
  const edges = groupEdges(means);
  return {
    meanValue: count > 0 ? total / count : 0,
    values: edges,
    ...groupVariances(means, details, edges),
  };
}

/** Upper intensity of each group; groups hold about equally many blocks. */
function groupEdges(means: Float32Array): Float64Array<ArrayBuffer> {
  const sorted = means.slice().sort();
  const groups = Math.min(GROUPS, Math.max(1, Math.floor(sorted.length / 64)));
  const edges = Array.from(
    { length: sorted.length > 0 ? groups : 0 },
    (_, k) => sorted[Math.ceil(((k + 1) * sorted.length) / groups) - 1],
  );
  return Float64Array.from(new Set(edges));
}

/** Noise variance of each group of blocks, and the median of those. */
function groupVariances(
  means: Float32Array,
  details: Float32Array,
  edges: Float64Array,
): Pick<NoiseSample, 'variances' | 'typical'> {
  const groups = Array.from(edges, () => [] as number[]);
  means.forEach((mean, n) => {
    let group = 0;
    while (mean > edges[group]) group += 1;
    groups[group].push(details[n]);
  });
  const variances = Float64Array.from(
    groups,
    (members) => (PER_MEDIAN * medianOf(Float32Array.from(members))) ** 2,
  );
  return { variances, typical: medianOf(variances) };
}

function medianOf(values: Float32Array | Float64Array): number {
  if (values.length === 0) return 0;
  return values.slice().sort()[values.length >> 1];
}

/**
 * The line through the quietest planes: those out of focus show hardly anything but noise.
 *
 * @param samples one per plane that was looked at
 */
export function fitNoise(samples: readonly NoiseSample[]): NoiseModel {
  const noisy = samples.filter(({ typical }) => typical > 0);
  const quiet = noisy.sort((a, b) => a.typical - b.typical).slice(0, 4);
  const points = quiet.flatMap(({ values, variances }) =>
    Array.from(values, (value, k) => ({ value, variance: variances[k] })),
  );
  if (points.length === 0) return { constant: 0, slope: 0 };
  const least = Math.max(...points.map(({ variance }) => variance)) * 1e-3;
  let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
  for (const { value, variance } of points) {
    const weight = 1 / Math.max(variance, least) ** 2;
    s0 += weight;
    s1 += weight * value;
    s2 += weight * value * value;
    t0 += weight * variance;
    t1 += weight * variance * value;
  }
  const determinant = s0 * s2 - s1 * s1;
  const slope = determinant > 1e-9 * s0 * s2 ? (s0 * t1 - s1 * t0) / determinant : 0;
  const constant = (t0 - slope * s1) / s0;
  if (slope <= 0) return { constant: t0 / s0, slope: 0 };
  // Shot noise alone: a line through 0, or through the offset of the camera.
  return { constant, slope };
}

/** Variance of the noise of `value`. */
export function noiseVariance({ constant, slope }: NoiseModel, value: number): number {
  return Math.max(0, constant + slope * value);
}
