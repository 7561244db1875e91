import { z } from 'zod';

/** A figure that may be infinite (equal planes) or not a number (a constant plane). */
const figure = z.custom<number>((value) => typeof value === 'number', 'not a number');

const baseline = z.object({
  whole: z.object({ psnrDb: figure }),
  planes: z.array(z.object({ z: z.number().int(), psnrDb: figure })),
});

/** The figures that `compare.metrics` reports, as far as the window shows them. */
export const metricsReportSchema = z.object({
  dataRange: figure,
  whole: z.object({
    psnrDb: figure,
    ssim: figure,
    msSsim: figure.nullable(),
    nrmse: figure,
    rmse: figure,
    pearson: figure,
  }),
  planes: z.array(
    z.object({
      z: z.number().int(),
      zUm: figure.nullable(),
      given: z.boolean(),
      psnrDb: figure,
      ssim: figure,
      nrmse: figure,
      pearson: figure,
    }),
  ),
  baselines: z
    .object({ nearest: baseline, linear: baseline, cubic: baseline })
    .partial()
    .nullable(),
});

export type MetricsReport = z.infer<typeof metricsReportSchema>;
