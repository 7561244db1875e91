import { describe, expect, it } from 'vitest';
import { metricCurves } from '#renderer/features/compare/metricCurves';
import {
  comparisonLine,
  gainOverBaseline,
  metricsReportSchema,
  type MetricsReport,
} from '#renderer/stores/metricsReport';

function plane(z: number, psnrDb: number | null, given: boolean) {
  return {
    ...{ z, zUm: z / 5, given, psnrDb },
    ...{ fittedPsnrDb: 1, ssim: 0.9, nrmse: 0.1, pearson: 0.9 },
  };
}

function series(psnrDb: number, ...planes: ReturnType<typeof plane>[]) {
  const withheld = { psnrDb, ssim: 0.9, msSsim: null, nrmse: 0.1, rmse: 3, pearson: 0.9 };
  return { whole: withheld, withheld, planes };
}

function report(baselines: unknown, ...planes: ReturnType<typeof plane>[]): MetricsReport {
  return metricsReportSchema.parse({ ...series(31, ...planes), dataRange: 1, baselines });
}

const measured = report(
  { linear: series(24, plane(1, 24, false)), cubic: series(25, plane(1, 25, false)) },
  plane(0, 40, true),
  plane(1, 27.2, false),
);

describe('a comparison', () => {
  it('is measured against the best interpolation, on planes that the network never saw', () => {
    expect(gainOverBaseline(measured)).toEqual({ name: 'cubic', db: 6 });
    expect(comparisonLine(measured)).toBe('PSNR 31.00 dB · +6.00 over cubic · 1 planes not seen');
  });

  it('says nothing of interpolation when the report has none', () => {
    expect(gainOverBaseline(report(null, plane(0, 30, false)))).toBeNull();
    expect(comparisonLine(report(null, plane(0, 30, false)))).not.toContain('over');
  });

  it('refuses a report of another shape', () => {
    expect(metricsReportSchema.safeParse({ planes: [] }).success).toBe(false);
    expect(metricsReportSchema.safeParse({ ...series(31), baselines: 'none' }).success).toBe(false);
  });

  it('is drawn with the given planes apart and round limits', () => {
    const curves = metricCurves(measured, (z) => z);
    expect(curves.baseline?.name).toBe('cubic');
    expect(curves.given.map(({ z }) => z)).toEqual([0]);
    expect([curves.low, curves.high]).toEqual([25, 45]);
  });

  it('leaves planes without a figure out of the curve', () => {
    const curves = metricCurves(report(null, plane(0, null, true), plane(1, 30, false)), (z) => z);
    expect(curves.result.map(({ z }) => z)).toEqual([1]);
    expect(curves.given).toEqual([]);
  });
});
