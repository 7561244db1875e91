import type { Plane } from '#core/image/Plane';
import { msSsim } from '#core/metrics/msSsim';
import { pairStatistics, type PairStatistics } from '#core/metrics/pairStatistics';
import { ssim } from '#core/metrics/ssim';

/** What one pair of planes says. */
export interface PlaneComparison {
  readonly statistics: PairStatistics;
  /** `null` where a plane is too small for the window. */
  readonly ssim: number | null;
  readonly msSsim: number | null;
}

/** Compares a plane with its truth; the planes have one size, `dataRange` is in grey levels of the truth. */
export function comparePlanes(input: {
  readonly result: Plane;
  readonly truth: Plane;
  readonly dataRange: number;
}): PlaneComparison {
  const { result, truth, dataRange } = input;
  return {
    statistics: pairStatistics(result, truth),
    ssim: ssim(result, truth, dataRange).value,
    msSsim: msSsim(result, truth, dataRange).value,
  };
}
