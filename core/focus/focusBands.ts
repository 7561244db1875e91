import { gaussianFilter, gaussianTaps } from './gaussianFilter';
import { wholeSampleMirror } from './mirrorPad';

/** Smoothing before the gradient of each band in pixels, finest first; 0 is the plane as measured. */
export const BAND_SIGMAS_PX = [0, 0.7, 1.4, 2.8] as const;

/** Squared gradients of a plane at several scales. */
export interface FocusBands {
  /** Adds `weights[b]` times the squared gradient of band b to `out`, row-major (y, x). */
  addEnergies(data: Float32Array, weights: readonly number[], out: Float32Array): void;
  /** Mean squared gradient of each band. */
  meanEnergies(data: Float32Array): number[];
}

/** What white noise of variance 1 gives as mean squared gradient in each band. */
export function bandNoiseGains(): number[] {
  let kernel = new Float64Array([1]);
  return BAND_SIGMAS_PX.map((sigmaPx, band) => {
    if (band === 0) return 4;
    kernel = convolve(kernel, mirrored(gaussianTaps(stepSigmaPx(band))));
    const slope = convolve(kernel, new Float64Array([0.5, 0, -0.5]));
    return sigmaPx === 0 ? 0 : 2 * energyOf(slope) * energyOf(kernel);
  });
}

/**
 * Prepares the bands for planes of one size: diagonal differences of the plane itself, which answer
 * to the finest detail, and central differences after Gaussian smoothing. Borders are mirrored.
 *
 * @param width number of columns
 * @param height number of rows
 */
export function focusBands(width: number, height: number): FocusBands {
  const smooth = [1, 2, 3].map((band) => gaussianFilter(width, height, stepSigmaPx(band)));
  const current = new Float32Array(width * height);
  const neighbours = mirroredNeighbours(width, height);
  const visit = (data: Float32Array, take: (band: number, image: Float32Array) => void): void => {
    take(0, data);
    smooth.forEach((filter, index) => {
      filter(index === 0 ? data : current, current);
      take(index + 1, current);
    });
  };
  return {
    addEnergies: (data, weights, out) => {
      visit(data, (band, image) => {
        if (band === 0) addDiagonal(image, neighbours, weights[band], out);
        else addCentral(image, neighbours, weights[band], out);
      });
    },
    meanEnergies: (data) => {
      const energy = new Float32Array(width * height);
      const means: number[] = [];
      visit(data, (band, image) => {
        energy.fill(0);
        (band === 0 ? addDiagonal : addCentral)(image, neighbours, 1, energy);
        means.push(energy.reduce((sum, value) => sum + value, 0) / energy.length);
      });
      return means;
    },
  };
}

/** Smoothing that leads from the band before to `band`. */
function stepSigmaPx(band: number): number {
  return Math.sqrt(BAND_SIGMAS_PX[band] ** 2 - BAND_SIGMAS_PX[band - 1] ** 2);
}

interface Neighbours {
  readonly width: number;
  readonly height: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly above: Int32Array;
  readonly below: Int32Array;
}

function mirroredNeighbours(width: number, height: number): Neighbours {
  const shifted = (length: number, by: number): Int32Array =>
    Int32Array.from({ length }, (_, k) => wholeSampleMirror(k + by, length));
  return {
    width,
    height,
    left: shifted(width, -1),
    right: shifted(width, 1),
    above: shifted(height, -1),
    below: shifted(height, 1),
  };
}

function addDiagonal(
  image: Float32Array,
  { width, height, right, below }: Neighbours,
  weight: number,
  out: Float32Array,
): void {
  for (let y = 0; y < height; y++) {
    const here = y * width;
    const next = below[y] * width;
    for (let x = 0; x < width; x++) {
      const a = image[next + right[x]] - image[here + x];
      const b = image[next + x] - image[here + right[x]];
      out[here + x] += weight * (a * a + b * b);
    }
  }
}

function addCentral(
  image: Float32Array,
  { width, height, left, right, above, below }: Neighbours,
  weight: number,
  out: Float32Array,
): void {
  const quarter = weight / 4;
  for (let y = 0; y < height; y++) {
    const here = y * width;
    const previous = above[y] * width;
    const next = below[y] * width;
    for (let x = 0; x < width; x++) {
      const dx = image[here + right[x]] - image[here + left[x]];
      const dy = image[next + x] - image[previous + x];
      out[here + x] += quarter * (dx * dx + dy * dy);
    }
  }
}

function mirrored(half: Float64Array): Float64Array<ArrayBuffer> {
  const radius = half.length - 1;
  return Float64Array.from({ length: 2 * radius + 1 }, (_, k) => half[Math.abs(k - radius)]);
}

function convolve(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(a.length + b.length - 1);
  a.forEach((value, i) => b.forEach((tap, j) => (out[i + j] += value * tap)));
  return out;
}

function energyOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
