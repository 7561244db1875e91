import type { Plane } from '#core/image/Plane';
import { FRACTION_BINS, type Histogram } from './Histogram';
import {
  countFractions,
  countIntegers,
  emptyTally,
  hasIntegerBins,
  tallyValues,
} from './histogramCounts';

/**
 * Histogram of a plane: one bin per grey level from the lowest to the highest value when all values
 * are whole numbers (also in a float plane, where equal classes would leave a comb of empty bins),
 * else `FRACTION_BINS` equal bins from the lowest to the highest value.
 *
 * @param plane row-major (y, x) values
 * @throws AxialError ImpossibleRequestError when a value is NaN or infinite
 */
export function planeHistogram({ width, data }: Plane): Histogram {
  const tally = emptyTally();
  tallyValues(tally, data, width);
  const { lowest, highest, total, sum } = tally;
  const integral = hasIntegerBins(tally);
  const counts = new Float64Array(integral ? highest - lowest + 1 : FRACTION_BINS);
  if (integral) countIntegers(counts, data, lowest);
  else countFractions(counts, data, tally);
  const binWidth = integral ? 1 : (highest - lowest) / FRACTION_BINS;
  return {
    counts,
    start: lowest,
    binWidth,
    integral,
    total,
    sum,
    pixelType: 'float32',
  };
}
