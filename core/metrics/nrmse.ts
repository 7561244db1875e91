import { measured, unmeasured, type Measured } from './Measured';
import type { PairStatistics } from './pairStatistics';

/** What the error is divided by, always of the truth: root mean square, range, mean, or standard deviation. */
export type NrmseNorm = 'euclidean' | 'min-max' | 'mean' | 'std';

/**
 * Root mean square error divided by a norm of the truth; no unit. Reports must name the norm, as the
 * figures differ widely. A norm of 0 gives the gap 'constant'.
 */
export function nrmse(statistics: PairStatistics, norm: NrmseNorm = 'euclidean'): Measured {
  return normalisedRmse(statistics.errorSquares, statistics, norm);
}

/** The root mean of `errorSquares` (a sum over all pixels) divided by a norm of the truth. */
export function normalisedRmse(
  errorSquares: number,
  statistics: PairStatistics,
  norm: NrmseNorm,
): Measured {
  if (Number.isNaN(errorSquares)) return unmeasured('not-finite');
  const divisor = truthNorm(statistics, norm);
  if (divisor === 0) return unmeasured('constant');
  return measured(Math.sqrt(errorSquares / statistics.count) / divisor);
}

function truthNorm(statistics: PairStatistics, norm: NrmseNorm): number {
  const { count, truthMean, truthSquares, truthMin, truthMax } = statistics;
  switch (norm) {
    case 'euclidean':
      return Math.sqrt(truthSquares / count + truthMean * truthMean);
    case 'min-max':
      return truthMax - truthMin;
    case 'mean':
      return Math.abs(truthMean);
    case 'std':
      return Math.sqrt(truthSquares / count);
  }
}
