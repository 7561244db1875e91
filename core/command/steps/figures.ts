import { affineFit, affineFitted, affineNrmse } from '#core/metrics/affineFit';
import { nrmse } from '#core/metrics/nrmse';
import {
  EMPTY_PAIR_STATISTICS,
  mergePairStatistics,
  type PairStatistics,
} from '#core/metrics/pairStatistics';
import { pearson } from '#core/metrics/pearson';
import { psnr } from '#core/metrics/psnr';
import { rmse } from '#core/metrics/rmse';
import type { PlaneComparison } from './comparePlanes';

/** The figures of one plane or one volume; `null` where a figure is not defined. */
export interface Figures {
  readonly psnrDb: number | null;
  readonly ssim: number | null;
  readonly msSsim: number | null;
  /** Root mean square error over the root mean square of the truth. */
  readonly nrmse: number | null;
  /** In grey levels of the truth. */
  readonly rmse: number | null;
  readonly pearson: number | null;
  /** After the best scale and offset towards the truth. */
  readonly fitted: {
    readonly scale: number;
    readonly offset: number;
    readonly psnrDb: number | null;
    readonly nrmse: number | null;
  };
}

/**
 * Figures of several planes taken together. PSNR, errors and correlation are those of all pixels;
 * SSIM and MS-SSIM are means over the planes.
 */
export function figuresOf(planes: readonly PlaneComparison[], dataRange: number): Figures {
  const statistics = planes.reduce<PairStatistics>(
    (sum, plane) => mergePairStatistics(sum, plane.statistics),
    EMPTY_PAIR_STATISTICS,
  );
  return {
    psnrDb: finite(psnr(statistics, dataRange).value),
    ssim: mean(planes.map((plane) => plane.ssim)),
    msSsim: mean(planes.map((plane) => plane.msSsim)),
    nrmse: nrmse(statistics).value,
    rmse: rmse(statistics).value,
    pearson: pearson(statistics).value,
    fitted: {
      ...affineFit(statistics),
      psnrDb: finite(psnr(affineFitted(statistics), dataRange).value),
      nrmse: affineNrmse(statistics).value,
    },
  };
}

/** PSNR of one plane under a scale and offset that were fitted to the whole volume. */
export function psnrUnderFit(
  { statistics }: PlaneComparison,
  fit: { readonly scale: number; readonly offset: number },
  dataRange: number,
): number | null {
  const { count, resultSquares, truthSquares, products, resultMean, truthMean } = statistics;
  const { scale, offset } = fit;
  const meanError = scale * resultMean + offset - truthMean;
  const errorSquares =
    scale * scale * resultSquares -
    2 * scale * products +
    truthSquares +
    count * meanError * meanError;
  return finite(psnr({ ...statistics, errorSquares }, dataRange).value);
}

/** JSON has no infinity: equal images have no PSNR to state. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
