import { measured, type Measured } from './Measured';
import type { PairStatistics } from './pairStatistics';

/**
 * Peak signal-to-noise ratio in decibels, 10 log10(range^2 / mean squared difference).
 *
 * @param dataRange the range L of the data in grey levels, to be stated in every report: 1 after normalisation
 * @returns Infinity for equal images
 * @throws RangeError when the range is not positive
 */
export function psnr({ errorSquares, count }: PairStatistics, dataRange: number): Measured {
  if (!(dataRange > 0)) throw new RangeError(`The data range must be above 0, not ${dataRange}.`);
  return measured(10 * Math.log10((dataRange * dataRange * count) / errorSquares));
}
