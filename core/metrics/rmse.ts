import { measured, type Measured } from './Measured';
import type { PairStatistics } from './pairStatistics';

/** Root of the mean squared difference between result and truth, in grey levels. */
export function rmse({ errorSquares, count }: PairStatistics): Measured {
  return measured(Math.sqrt(errorSquares / count));
}
