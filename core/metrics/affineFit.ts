import type { Plane } from '#core/image/Plane';
import { type Measured } from './Measured';
import { normalisedRmse, type NrmseNorm } from './nrmse';
import type { PairStatistics } from './pairStatistics';

/** The brightness change that brings a result closest to its truth: truth = scale * result + offset. */
export interface AffineFit {
  readonly scale: number;
  /** In grey levels of the truth. */
  readonly offset: number;
}

/**
 * Least-squares scale and offset of a result towards its truth. A constant result gets scale 0 and
 * the truth's mean.
 *
 * @see Weigert M. et al., Content-aware image restoration, Nature Methods 15, 2018,
 * doi:10.1038/s41592-018-0216-7
 */
export function affineFit(statistics: PairStatistics): AffineFit {
  const { products, resultSquares, resultMean, truthMean } = statistics;
  const scale = resultSquares === 0 ? 0 : products / resultSquares;
  return { scale, offset: truthMean - scale * resultMean };
}

/** NRMSE that is left after the best scale and offset, with a norm of the truth. */
export function affineNrmse(statistics: PairStatistics, norm: NrmseNorm = 'euclidean'): Measured {
  return normalisedRmse(affineErrorSquares(statistics), statistics, norm);
}

/**
 * Statistics of the fitted result against the truth, without reading pixels again: every metric of
 * them is the metric after the fit.
 */
export function affineFitted(statistics: PairStatistics): PairStatistics {
  const { scale } = affineFit(statistics);
  return {
    ...statistics,
    resultMean: statistics.truthMean,
    resultSquares: scale * scale * statistics.resultSquares,
    products: scale * statistics.products,
    errorSquares: affineErrorSquares(statistics),
  };
}

/** The result with scale and offset applied. */
export function applyAffineFit(
  { width, height, data }: Plane,
  { scale, offset }: AffineFit,
): Plane {
  const fitted = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) fitted[i] = scale * data[i] + offset;
  return { width, height, data: fitted };
}

function affineErrorSquares({ products, resultSquares, truthSquares }: PairStatistics): number {
  if (resultSquares === 0) return truthSquares;
  return Math.max(0, truthSquares - (products / resultSquares) * products);
}
