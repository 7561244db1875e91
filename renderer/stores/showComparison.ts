import type { ExecuteResult } from '#core/command/engineApi';
import { comparisonLine, metricsReportSchema } from './metricsReport';
import { useMessages } from './messages';
import { useTabs } from './tabs';

/** Opens the tab that shows a result beside its truth; returns the figures in one line. */
export function showComparison(
  inputs: { readonly [name: string]: string },
  { report, texts }: ExecuteResult,
): string | null {
  const { result, truth } = inputs;
  const parsed = metricsReportSchema.safeParse(report);
  if (result === undefined || truth === undefined) return null;
  if (!parsed.success) {
    useMessages().fail(
      new Error('The figures of the comparison could not be read.', { cause: parsed.error }),
    );
    return null;
  }
  const tabs = useTabs();
  const made = tabs.all.find(({ id }) => id === result)?.title ?? 'result';
  const title = `Compare: ${made.replace('↳ ', '')}`;
  const html = Object.values(texts).find((text) => text.trimStart().startsWith('<')) ?? null;
  tabs.openResult({ kind: 'compare', title, result, truth, report: parsed.data, html });
  return comparisonLine(parsed.data);
}
