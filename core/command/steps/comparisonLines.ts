import { BASELINES } from './compareStacks';
import { countOf } from '#core/util/countOf';
import type { ComparisonReport } from './comparisonReport';

/** The report in a few lines for a person. */
export function comparisonLines(report: ComparisonReport): string[] {
  const { planes, withheld, given, dataRange, gains } = report;
  const unseen = planes.filter((plane) => !plane.given).length;
  const what =
    given.length > 0
      ? `${countOf(unseen, 'plane')} that the network never saw`
      : countOf(planes.length, 'plane');
  return [
    `${report.result} against ${report.truth}: ${what}, data range ${Number(dataRange.toPrecision(6))}`,
    `  PSNR ${decibels(withheld.psnrDb)} (${decibels(withheld.fitted.psnrDb)} after fitting scale and offset)`,
    `  SSIM ${share(withheld.ssim)}, MS-SSIM ${share(withheld.msSsim)}, NRMSE ${share(withheld.nrmse)}, Pearson r ${share(withheld.pearson)}`,
    ...(gains === null
      ? []
      : BASELINES.map((method) => {
          const { psnrDb, fittedPsnrDb, betterPlanes, planes: count } = gains[method];
          return `  against ${method} interpolation: ${signed(psnrDb)} (${signed(fittedPsnrDb)} after fitting), better in ${betterPlanes} of ${countOf(count, 'plane')}`;
        })),
  ];
}

function decibels(value: number | null): string {
  return value === null ? 'not defined' : `${value.toFixed(2)} dB`;
}

function signed(value: number | null): string {
  return value === null ? 'not defined' : `${value >= 0 ? '+' : ''}${value.toFixed(2)} dB`;
}

function share(value: number | null): string {
  return value === null ? 'not defined' : value.toFixed(4);
}
