import type { Plane } from '#core/image/Plane';
import { requireSameSize } from './requireSameSize';

/**
 * What RMSE, NRMSE, PSNR, Pearson's r and the affine fit need to know about a result and its truth.
 * Statistics of planes merge into those of a volume. Any NaN or infinite value makes sums NaN.
 */
export interface PairStatistics {
  /** Number of pixels. */
  readonly count: number;
  readonly resultMean: number;
  readonly truthMean: number;
  /** Sum of squared deviations of the result from its mean. */
  readonly resultSquares: number;
  /** Sum of squared deviations of the truth from its mean. */
  readonly truthSquares: number;
  /** Sum of products of both deviations. */
  readonly products: number;
  /** Sum of squared differences, result minus truth. */
  readonly errorSquares: number;
  readonly truthMin: number;
  readonly truthMax: number;
}

/** Statistics of no pixels: the start of a volume. */
export const EMPTY_PAIR_STATISTICS: PairStatistics = {
  count: 0,
  resultMean: 0,
  truthMean: 0,
  resultSquares: 0,
  truthSquares: 0,
  products: 0,
  errorSquares: 0,
  truthMin: Infinity,
  truthMax: -Infinity,
};

/**
 * Statistics of one plane and its truth, in double precision, with deviations from the means.
 *
 * @throws AxialError ImpossibleRequestError when the sizes differ
 */
export function pairStatistics(result: Plane, truth: Plane): PairStatistics {
  requireSameSize(result, truth);
  const x = result.data;
  const y = truth.data;
  const count = x.length;
  let sumX = 0;
  let sumY = 0;
  let truthMin = Infinity;
  let truthMax = -Infinity;
  for (let i = 0; i < count; i++) {
    const value = y[i];
    sumX += x[i];
    sumY += value;
    if (value < truthMin) truthMin = value;
    if (value > truthMax) truthMax = value;
  }
  const resultMean = sumX / count;
  const truthMean = sumY / count;
  let resultSquares = 0;
  let truthSquares = 0;
  let products = 0;
  let errorSquares = 0;
  for (let i = 0; i < count; i++) {
    const dx = x[i] - resultMean;
    const dy = y[i] - truthMean;
    const error = x[i] - y[i];
    resultSquares += dx * dx;
    truthSquares += dy * dy;
    products += dx * dy;
    errorSquares += error * error;
  }
  return {
    count,
    resultMean,
    truthMean,
    resultSquares,
    truthSquares,
    products,
    errorSquares: Number.isFinite(errorSquares) ? errorSquares : Number.NaN,
    truthMin,
    truthMax,
  };
}

/**
 * Statistics of two sets of pixels taken together.
 *
 * @see Chan T. F., Golub G. H., LeVeque R. J., The American Statistician 37, 1983,
 * doi:10.1080/00031305.1983.10483115
 */
export function mergePairStatistics(a: PairStatistics, b: PairStatistics): PairStatistics {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const weight = b.count / count;
  const dx = b.resultMean - a.resultMean;
  const dy = b.truthMean - a.truthMean;
  const between = a.count * weight;
  return {
    count,
    resultMean: a.resultMean + dx * weight,
    truthMean: a.truthMean + dy * weight,
    resultSquares: a.resultSquares + b.resultSquares + dx * dx * between,
    truthSquares: a.truthSquares + b.truthSquares + dy * dy * between,
    products: a.products + b.products + dx * dy * between,
    errorSquares: a.errorSquares + b.errorSquares,
    truthMin: Math.min(a.truthMin, b.truthMin),
    truthMax: Math.max(a.truthMax, b.truthMax),
  };
}
