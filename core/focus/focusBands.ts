import { binomialFilter } from './binomialFilter';
import { halfSize, halve, type ImageSize } from './halved';
import { wholeSampleMirror } from './mirrorPad';

/** Smoothing before the gradient of each band in pixels, finest first; 0 is the plane as measured. */
export const BAND_SIGMAS_PX = [0, 0.71, 1.66, 2.96] as const;

/** A difference at half the resolution spans twice the distance. */
const HALF_SHARE = 1 / 4;

/** Squared gradients of a plane at four scales, all averaged to half the resolution. */
export interface FocusBands {
  /** Size of the maps. */
  readonly half: ImageSize;
  /** Adds `weights[b]` times the squared gradient of band b to `out`, row-major (y, x), of size `half`. */
  addEnergies(data: Float32Array, weights: readonly number[], out: Float32Array): void;
  /** Mean squared gradient of each band. */
  meanEnergies(data: Float32Array): number[];
}

/**
 * Prepares the bands for planes of one size; the two coarser ones are measured at half the resolution,
 * which holds all of their detail. The finest has the diagonal differences of the plane itself, the
 * others central differences after binomial smoothing. Borders are mirrored.
 */
export function focusBands(size: ImageSize): FocusBands {
  const half = halfSize(size);
  const smooth = binomialFilter(size.width, size.height, 2);
  const smoothHalf = binomialFilter(half.width, half.height, 2);
  const smoothMore = binomialFilter(half.width, half.height, 6);
  const finer = new Float32Array(size.width * size.height);
  const coarser = new Float32Array(half.width * half.height);
  const row = new Float64Array(size.width);
  const addHalf = (weight: number, out: Float32Array): void => {
    for (let y = 0; y < half.height; y++) {
      centralRow(coarser, half, y, weight * HALF_SHARE, row);
      addRow(row, half.width, out, y * half.width);
    }
  };
  const addFull = (rowOf: GradientRow, image: Float32Array, weight: number, out: Float32Array) => {
    for (let y = 0; y < size.height; y++) {
      rowOf(image, size, y, weight * rowShare(size.height, y), row);
      addPairs(row, size.width, out, (y >> 1) * half.width);
    }
  };
  const visit = (
    data: Float32Array,
    take: (band: number, add: (weight: number, out: Float32Array) => void) => void,
  ): void => {
    take(0, (weight, out) => addFull(diagonalRow, data, weight, out));
    smooth(data, finer);
    take(1, (weight, out) => addFull(centralRow, finer, weight, out));
    halve(finer, size, coarser);
    smoothHalf(coarser, coarser);
    take(2, addHalf);
    smoothMore(coarser, coarser);
    take(3, addHalf);
  };
  return {
    half,
    addEnergies: (data, weights, out) => visit(data, (band, add) => add(weights[band], out)),
    meanEnergies: (data) => {
      const energies = new Float32Array(coarser.length);
      const means: number[] = [];
      visit(data, (_, add) => {
        energies.fill(0);
        add(1, energies);
        let sum = 0;
        for (let i = 0; i < energies.length; i++) sum += energies[i];
        means.push(sum / energies.length);
      });
      return means;
    },
  };
}

/** What white noise of variance 1 gives as mean squared gradient in each band: the energy of a dot. */
export function bandNoiseGains(): number[] {
  const side = 64;
  const dot = new Float32Array(side * side);
  dot[(side / 2) * side + side / 2] = 1;
  const { meanEnergies } = focusBands({ width: side, height: side });
  return meanEnergies(dot).map((mean) => mean * side * side);
}

/** Writes weighted squared gradients of row `y` of an image. */
type GradientRow = (
  image: Float32Array,
  size: ImageSize,
  y: number,
  weight: number,
  out: Float64Array,
) => void;

/** Squared differences along both diagonals. */
function diagonalRow(
  image: Float32Array,
  { width, height }: ImageSize,
  y: number,
  weight: number,
  out: Float64Array,
): void {
  const row = y * width;
  const next = wholeSampleMirror(y + 1, height) * width;
  const last = width - 1;
  const mirror = wholeSampleMirror(width, width);
  let here = image[row];
  let below = image[next];
  for (let x = 0; x < last; x++) {
    const right = image[row + x + 1];
    const corner = image[next + x + 1];
    const down = corner - here;
    const up = below - right;
    out[x] = weight * (down * down + up * up);
    here = right;
    below = corner;
  }
  out[last] = weight * ((image[next + mirror] - here) ** 2 + (below - image[row + mirror]) ** 2);
}

/** Squared central differences along x and y; across a mirror they are 0. */
function centralRow(
  image: Float32Array,
  { width, height }: ImageSize,
  y: number,
  weight: number,
  out: Float64Array,
): void {
  const quarter = weight / 4;
  const row = y * width;
  const above = wholeSampleMirror(y - 1, height) * width;
  const below = wholeSampleMirror(y + 1, height) * width;
  const last = width - 1;
  let left = image[row];
  let here = image[row];
  out[0] = quarter * (image[below] - image[above]) ** 2;
  if (last > 0) here = image[row + 1];
  for (let x = 1; x < last; x++) {
    const right = image[row + x + 1];
    const dx = right - left;
    const dy = image[below + x] - image[above + x];
    out[x] = quarter * (dx * dx + dy * dy);
    left = here;
    here = right;
  }
  if (last > 0) out[last] = quarter * (image[below + last] - image[above + last]) ** 2;
}

/** What a row counts in the mean of its 2 x 2 blocks; a last odd one stands for its missing neighbour. */
function rowShare(height: number, y: number): number {
  return y === height - 1 && height % 2 === 1 ? 1 / 2 : 1 / 4;
}

function addRow(row: Float64Array, width: number, out: Float32Array, start: number): void {
  for (let x = 0; x < width; x++) out[start + x] += row[x];
}

/** Adds the sums of neighbours to `out` from `start` on; a last odd value counts twice. */
function addPairs(row: Float64Array, width: number, out: Float32Array, start: number): void {
  const pairs = width >> 1;
  for (let x = 0; x < pairs; x++) out[start + x] += row[2 * x] + row[2 * x + 1];
  if (pairs < (width + 1) >> 1) out[start + pairs] += 2 * row[width - 1];
}
