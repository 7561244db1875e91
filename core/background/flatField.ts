import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';
import { evaluateSurface, fitSurface, surfaceAt, type Surface } from './polynomialSurface';

/** How the light is estimated. */
export interface FlatFieldOptions {
  /** Degree of the polynomial in x and y, 1 to 4. @default 2 */
  readonly degree?: number;
  /** What the camera gives without light, in grey levels. @default 0 */
  readonly darkLevel?: number;
}

const GRID = 64;
const ITERATIONS = 20;
/** Tukey's constant, in standard deviations. */
const CUT_OFF = 4.685;
/** Scale of a normal distribution from its median absolute deviation. */
const MAD_TO_SIGMA = 1.4826;

/**
 * Relative illumination of a field of view, fitted as a polynomial to the medians of blocks of an image
 * in which most blocks show background, or to the mean of many planes. Blocks far from the surface (objects) lose
 * their weight by Tukey's biweight.
 *
 * @param plane row-major (y, x) values, finite
 * @returns the illumination relative to its mean over the plane, above 0
 * @throws AxialError ImpossibleRequestError when the fitted light is not positive everywhere
 * @see Tomazevic D., Likar B., Pernus F., Journal of Microscopy 208, 2002,
 * doi:10.1046/j.1365-2818.2002.01079.x
 */
export function flatField(plane: Plane, options: FlatFieldOptions = {}): Plane {
  const { degree = 2, darkLevel = 0 } = options;
  const { width, height } = plane;
  const blocks = blockMedians(plane, darkLevel);
  const data = evaluateSurface(robustSurface(blocks, degree), width, height);
  let sum = 0;
  let lowest = Infinity;
  for (let i = 0; i < data.length; i++) {
    sum += data[i];
    if (data[i] < lowest) lowest = data[i];
  }
  const mean = sum / data.length;
  if (!(lowest > 0.01 * mean)) {
    throw new AxialError(
      'ImpossibleRequestError',
      'The light cannot be estimated: the fitted surface falls to nothing inside the image.',
      'Use a lower degree or a smaller dark level, or a plane with more background.',
      { details: { lowest, mean } },
    );
  }
  for (let i = 0; i < data.length; i++) data[i] /= mean;
  return { width, height, data };
}

/** Values at places; x and y from -1 to 1 across the image. */
interface Blocks {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly values: Float64Array;
}

function blockMedians({ width, height, data }: Plane, darkLevel: number): Blocks {
  const columns = Math.min(GRID, width);
  const rows = Math.min(GRID, height);
  const x = new Float64Array(columns * rows);
  const y = new Float64Array(columns * rows);
  const values = new Float64Array(columns * rows);
  const edge = (i: number, parts: number, length: number): number =>
    Math.floor((i * length) / parts);
  for (let k = 0; k < values.length; k++) {
    const column = k % columns;
    const row = Math.floor(k / columns);
    const [left, right] = [edge(column, columns, width), edge(column + 1, columns, width)];
    const [top, bottom] = [edge(row, rows, height), edge(row + 1, rows, height)];
    const block: number[] = [];
    for (let r = top; r < bottom; r++)
      block.push(...data.subarray(r * width + left, r * width + right));
    values[k] = median(block) - darkLevel;
    x[k] = (left + right) / width - 1;
    y[k] = (top + bottom) / height - 1;
  }
  return { x, y, values };
}

function robustSurface({ x, y, values }: Blocks, degree: number): Surface {
  const weights = new Float64Array(values.length).fill(1);
  let surface = fitSurface(x, y, values, weights, degree);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const residuals = values.map((value, i) => value - surfaceAt(surface, x[i], y[i]));
    const scale = MAD_TO_SIGMA * median(Array.from(residuals, Math.abs));
    if (!(scale > 0)) return surface;
    for (let i = 0; i < weights.length; i++) {
      const far = residuals[i] / (CUT_OFF * scale);
      weights[i] = Math.abs(far) < 1 ? (1 - far * far) ** 2 : 0;
    }
    surface = fitSurface(x, y, values, weights, degree);
  }
  return surface;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
