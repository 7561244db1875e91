import type { Plane } from '#core/image/Plane';
import type { Histogram } from './Histogram';
import { binsFor, emptyTally, tallyValues } from './histogramCounts';

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
  const { histogram, add } = binsFor(tally);
  add(data);
  return histogram;
}
