import { z } from 'zod';

/** A figure; `null` in the report where it is not defined, which is NaN here. */
const figure = z
  .custom<number | null>((value) => value === null || typeof value === 'number', 'not a figure')
  .transform((value) => value ?? NaN);

const figures = z.object({
  psnrDb: figure,
  ssim: figure,
  msSsim: figure,
  nrmse: figure,
  rmse: figure,
  pearson: figure,
});

const plane = z.object({
  z: z.number().int(),
  zUm: z.number().nullable(),
  given: z.boolean(),
  psnrDb: figure,
  ssim: figure,
});

const series = z.object({
  /** Over the planes that the network was not given. */
  withheld: figures,
  planes: z.array(plane),
});

/** The figures that `compare.metrics` reports, as far as the window shows them. */
export const metricsReportSchema = series.extend({
  baselines: z.object({ nearest: series, linear: series, cubic: series }).partial().nullable(),
});

export type MetricsReport = z.infer<typeof metricsReportSchema>;

const BASELINES = ['cubic', 'linear', 'nearest'] as const;
export type Baseline = (typeof BASELINES)[number];

/** The interpolation that comes closest to the truth on the planes that the network never saw. */
export function bestBaseline({ baselines }: MetricsReport): Baseline | null {
  const present = BASELINES.filter((name) => baselines?.[name] !== undefined);
  const score = (name: Baseline): number => baselines?.[name]?.withheld.psnrDb ?? -Infinity;
  return present.toSorted((a, b) => score(b) - score(a))[0] ?? null;
}

/** Decibels gained over the best interpolation, with its name. */
export function gainOverBaseline(report: MetricsReport): { name: Baseline; db: number } | null {
  const name = bestBaseline(report);
  const baseline = name === null ? undefined : report.baselines?.[name];
  if (name === null || !baseline) return null;
  return { name, db: report.withheld.psnrDb - baseline.withheld.psnrDb };
}

/** A comparison in one line. */
export function comparisonLine(report: MetricsReport): string {
  const gain = gainOverBaseline(report);
  const unseen = report.planes.filter(({ given }) => !given).length;
  const over = gain ? ` · ${gain.db >= 0 ? '+' : ''}${gain.db.toFixed(2)} over ${gain.name}` : '';
  return `PSNR ${report.withheld.psnrDb.toFixed(2)} dB${over} · ${unseen} planes not seen`;
}
