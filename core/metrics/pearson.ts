import { measured, unmeasured, type Measured } from './Measured';
import type { PairStatistics } from './pairStatistics';

/** Pearson's correlation coefficient, -1 to 1; a constant image gives the gap 'constant'. */
export function pearson({ resultSquares, truthSquares, products }: PairStatistics): Measured {
  if (Number.isNaN(products)) return unmeasured('not-finite');
  if (resultSquares === 0 || truthSquares === 0) return unmeasured('constant');
  const r = products / (Math.sqrt(resultSquares) * Math.sqrt(truthSquares));
  return measured(Math.min(1, Math.max(-1, r)));
}
