import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';
import type { Histogram } from './Histogram';

/** Wider ranges of whole numbers are binned like fractions. */
const MAX_INTEGER_BINS = 65_536;

/**
 * Histogram of a plane: one bin per grey level from the lowest to the highest value when all values
 * are whole numbers (also in a float plane, where 256 bins would blur them and very many would leave
 * a comb of empty bins), else `binCount` equal bins from the lowest to the highest value.
 *
 * @param plane row-major (y, x) values
 * @param binCount number of bins for values that are not whole numbers
 * @throws AxialError ImpossibleRequestError when a value is NaN or infinite
 */
export function planeHistogram({ width, data }: Plane, binCount = 256): Histogram {
  let lowest = Infinity;
  let highest = -Infinity;
  let integral = true;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value - value !== 0) throw notFiniteError(i % width, Math.floor(i / width));
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    integral &&= Number.isInteger(value);
  }
  if (integral && highest - lowest < MAX_INTEGER_BINS) return integerBins(data, lowest, highest);
  return equalBins(data, lowest, highest, binCount);
}

function notFiniteError(x: number, y: number): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    `The value at x = ${x}, y = ${y} is not a finite number, so the plane has no histogram.`,
    'Replace NaN and infinite values first.',
    { details: { x, y } },
  );
}

function integerBins(data: Float32Array, lowest: number, highest: number): Histogram {
  const counts = new Float64Array(highest - lowest + 1);
  for (let i = 0; i < data.length; i++) counts[data[i] - lowest] += 1;
  return { counts, start: lowest, binWidth: 1, integral: true };
}

function equalBins(
  data: Float32Array,
  lowest: number,
  highest: number,
  binCount: number,
): Histogram {
  const counts = new Float64Array(binCount);
  const binWidth = (highest - lowest) / binCount;
  const scale = binCount / (highest - lowest);
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    let bin = Math.min(binCount - 1, Math.floor((value - lowest) * scale));
    // The edge decides, not the rounding of the quotient.
    if (value < lowest + bin * binWidth) bin -= 1;
    else if (bin < binCount - 1 && value >= lowest + (bin + 1) * binWidth) bin += 1;
    counts[Math.max(0, bin)] += 1;
  }
  return { counts, start: lowest, binWidth, integral: false };
}
