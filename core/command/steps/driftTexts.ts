import type { ImageStack } from '#core/image/ImageStack';
import type { Transforms } from '#core/registration/Transforms';
import type { CommandOutput } from '#core/command/defineCommand';
import { driftCsv } from './driftCsv';
import { driftPage } from './driftPage';
import { driftTable } from './driftTable';

/** What a command that knows the drift of a stack can write about it. */
export const DRIFT_OUTPUTS: readonly CommandOutput[] = [
  {
    name: 'table',
    title: 'Drift and quality of each plane (CSV)',
    kind: 'csv',
    flag: 'table',
    optional: true,
  },
  {
    name: 'report',
    title: 'Report with a plot of the drift (HTML)',
    kind: 'html',
    flag: 'report',
    optional: true,
  },
];

/** The drift of a stack as the texts of DRIFT_OUTPUTS. */
export function driftTexts(
  stack: ImageStack,
  series: readonly Transforms[],
): { readonly table: string; readonly report: string } {
  const table = driftTable(series, stack);
  return {
    table: driftCsv(table),
    report: driftPage(stack.name, series, table),
  };
}
