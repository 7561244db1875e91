/** Poles of the inverse filter of the sampled B-spline, by degree. */
const POLES = {
  3: [Math.sqrt(3) - 2],
  7: [-0.5352804307964382, -0.12255461519232669, -0.00914869480960827],
} as const;

/** Samples of the B-spline at the integers 0, 1, 2, ..., by degree; it is symmetric. */
const KERNELS = {
  3: [4 / 6, 1 / 6],
  7: [151 / 315, 397 / 1680, 1 / 42, 1 / 5040],
} as const;

/** Degrees of B-spline that the filters know. */
export type SplineDegree = keyof typeof POLES;

/** Beyond this many samples a pole's memory is below double precision. */
function horizon(pole: number): number {
  return Math.ceil(Math.log(Number.EPSILON / 16) / Math.log(Math.abs(pole)));
}

/**
 * Recursion with one pole down the columns of a row-major grid, all columns side by side so that
 * memory is read in order. Lines continue by half-sample symmetry (d c b a | a b c d | d c b a).
 */
function filterColumnsByPole(
  data: Float64Array,
  width: number,
  height: number,
  pole: number,
): void {
  const reach = Math.min(height, horizon(pole));
  const mirrored = 1 - Math.pow(pole, 2 * height);
  const first = new Float64Array(width);
  for (let k = 0; k < height; k++) {
    const near = k < reach ? Math.pow(pole, k) : 0;
    const far = 2 * height - 1 - k <= horizon(pole) ? Math.pow(pole, 2 * height - 1 - k) : 0;
    const weight = (pole * (near + far)) / mirrored;
    if (weight === 0) continue;
    for (let x = 0, i = k * width; x < width; x++, i++) first[x] += weight * data[i];
  }
  for (let x = 0; x < width; x++) data[x] += first[x];
  for (let i = width; i < width * height; i++) data[i] += pole * data[i - width];
  const last = (height - 1) * width;
  for (let i = last; i < last + width; i++) data[i] *= pole / (pole - 1);
  for (let i = last - 1; i >= 0; i--) data[i] = pole * (data[i + width] - data[i]);
}

/** The same recursion along the rows. */
function filterRowsByPole(data: Float64Array, width: number, height: number, pole: number): void {
  const memory = horizon(pole);
  const reach = Math.min(width, memory);
  const mirrored = 1 - Math.pow(pole, 2 * width);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const end = start + width;
    let sum = 0;
    for (let k = 0, power = pole; k < reach; k++, power *= pole) sum += power * data[start + k];
    for (let k = width - 1, power = Math.pow(pole, width + 1); k >= 0; k--, power *= pole) {
      if (2 * width - 1 - k > memory) break;
      sum += power * data[start + k];
    }
    let previous = data[start] + sum / mirrored;
    data[start] = previous;
    for (let i = start + 1; i < end; i++) {
      previous = data[i] + pole * previous;
      data[i] = previous;
    }
    previous *= pole / (pole - 1);
    data[end - 1] = previous;
    for (let i = end - 2; i >= start; i--) {
      previous = pole * (previous - data[i]);
      data[i] = previous;
    }
  }
}

/**
 * Replaces samples by the coefficients of the B-spline surface that passes through them.
 * Borders are half-sample symmetric (d c b a | a b c d | d c b a), with the exact initial sum.
 *
 * @param data row-major (y, x) samples, changed in place
 * @param degree 3 for interpolation; 7 turns dual samples of cubic splines into coefficients
 * Source: Unser, Aldroubi & Eden 1993, doi:10.1109/78.193220.
 */
export function samplesToCoefficients(
  data: Float64Array,
  width: number,
  height: number,
  degree: SplineDegree,
): void {
  let gain = 1;
  for (const pole of POLES[degree]) {
    filterRowsByPole(data, width, height, pole);
    filterColumnsByPole(data, width, height, pole);
    gain *= (1 - pole) * (1 - 1 / pole);
  }
  const gain2 = gain * gain;
  for (let i = 0; i < data.length; i++) data[i] *= gain2;
}

/** Index of a sample beyond the ends, by half-sample symmetry; any distance. */
export function mirrorIndex(index: number, length: number): number {
  const period = 2 * length;
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - 1 - folded;
}

function smoothRows(
  data: Float64Array,
  width: number,
  height: number,
  kernel: readonly number[],
): void {
  const radius = kernel.length - 1;
  const line = new Float64Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    for (let x = -radius; x < width + radius; x++) {
      const inside = x >= 0 && x < width ? x : mirrorIndex(x, width);
      line[x + radius] = data[start + inside];
    }
    weigh(line, kernel, radius, data.subarray(start, start + width));
  }
}

/** Weighted sums around every sample of a padded line; the kernels of both degrees written out. */
function weigh(
  line: Float64Array,
  kernel: readonly number[],
  radius: number,
  out: Float64Array,
): void {
  const [k0, k1, k2, k3] = kernel;
  if (radius === 1) {
    for (let x = 0; x < out.length; x++) out[x] = k0 * line[x + 1] + k1 * (line[x] + line[x + 2]);
    return;
  }
  for (let x = 0; x < out.length; x++) {
    out[x] =
      k0 * line[x + 3] +
      k1 * (line[x + 2] + line[x + 4]) +
      k2 * (line[x + 1] + line[x + 5]) +
      k3 * (line[x] + line[x + 6]);
  }
}

function smoothColumns(
  data: Float64Array,
  width: number,
  height: number,
  kernel: readonly number[],
): void {
  const radius = kernel.length - 1;
  const source = data.slice();
  for (let y = 0; y < height; y++) {
    const out = y * width;
    for (let x = 0; x < width; x++) data[out + x] = kernel[0] * source[out + x];
    for (let k = 1; k <= radius; k++) {
      const above = mirrorIndex(y - k, height) * width;
      const below = mirrorIndex(y + k, height) * width;
      const weight = kernel[k];
      for (let x = 0; x < width; x++) {
        data[out + x] += weight * (source[above + x] + source[below + x]);
      }
    }
  }
}

/**
 * Replaces B-spline coefficients by the samples of the surface at the pixel centres; the inverse of
 * {@link samplesToCoefficients}. Borders are half-sample symmetric.
 *
 * @param data row-major (y, x) coefficients, changed in place
 */
export function coefficientsToSamples(
  data: Float64Array,
  width: number,
  height: number,
  degree: SplineDegree,
): void {
  smoothRows(data, width, height, KERNELS[degree]);
  smoothColumns(data, width, height, KERNELS[degree]);
}
