import { AxialError } from '#core/util/errors';
import { FRACTION_BINS, type Histogram } from './Histogram';

/** Wider ranges of whole numbers are binned like fractions. */
const MAX_INTEGER_BINS = 65_536;

/** What has been seen of the values so far. */
export interface ValueTally {
  lowest: number;
  highest: number;
  whole: boolean;
  total: number;
  sum: number;
}

/** A tally of nothing. */
export function emptyTally(): ValueTally {
  return {
    lowest: Infinity,
    highest: -Infinity,
    whole: true,
    total: 0,
    sum: 0,
  };
}

/**
 * Adds values to a tally.
 *
 * @param width pixels in a row, for the message
 * @throws AxialError ImpossibleRequestError when a value is NaN or infinite
 */
export function tallyValues(tally: ValueTally, data: Float32Array, width: number): void {
  let { lowest, highest, whole, sum } = tally;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value - value !== 0) throw notFiniteError(i % width, Math.floor(i / width));
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    whole &&= Math.trunc(value) === value;
    sum += value;
  }
  Object.assign(tally, {
    lowest,
    highest,
    whole,
    sum,
    total: tally.total + data.length,
  });
}

/** Whether every whole number of the range gets a bin of its own. */
function hasIntegerBins({ lowest, highest, whole }: ValueTally): boolean {
  return whole && highest - lowest < MAX_INTEGER_BINS;
}

/** Counts whole numbers, one bin for each from `lowest` on. */
function countIntegers(counts: Float64Array, data: Float32Array, lowest: number): void {
  for (let i = 0; i < data.length; i++) counts[data[i] - lowest] += 1;
}

/** Counts values in `FRACTION_BINS` equal bins from the lowest to the highest, which is in the last. */
function countFractions(
  counts: Float64Array,
  data: Float32Array,
  { lowest, highest }: Pick<ValueTally, 'lowest' | 'highest'>,
): void {
  const binWidth = (highest - lowest) / FRACTION_BINS;
  const scale = FRACTION_BINS / (highest - lowest);
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    let bin = Math.min(FRACTION_BINS - 1, Math.floor((value - lowest) * scale));
    // The edge decides, not the rounding of the quotient.
    if (value < lowest + bin * binWidth) bin -= 1;
    else if (bin < FRACTION_BINS - 1 && value >= lowest + (bin + 1) * binWidth) bin += 1;
    counts[Math.max(0, bin)] += 1;
  }
}

function notFiniteError(x: number, y: number): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    `The value at x = ${x}, y = ${y} is not a finite number, so the plane has no histogram.`,
    'Replace NaN and infinite values first.',
    { details: { x, y } },
  );
}

/**
 * The bins that tallied values need, still empty: one per grey level for whole numbers, else
 * `FRACTION_BINS` equal ones. `add` counts the values of a plane into them.
 */
export function binsFor(tally: ValueTally): {
  readonly histogram: Histogram;
  readonly add: (data: Float32Array) => void;
} {
  const { lowest, highest, total, sum } = tally;
  const integral = hasIntegerBins(tally);
  const counts = new Float64Array(integral ? highest - lowest + 1 : FRACTION_BINS);
  const binWidth = integral ? 1 : (highest - lowest) / FRACTION_BINS;
  return {
    histogram: { counts, start: lowest, binWidth, integral, total, sum, pixelType: 'float32' },
    add: (data) =>
      integral ? countIntegers(counts, data, lowest) : countFractions(counts, data, tally),
  };
}
