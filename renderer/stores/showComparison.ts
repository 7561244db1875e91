import type { ExecuteResult } from '#core/command/engineApi';
import { comparisonLine, metricsReportSchema } from './metricsReport';
import { useDocuments } from './documents';
import { useMessages } from './messages';
import { shortTitle } from './shortTitle';
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
  const documents = useDocuments();
  const name = documents.byId.get(result)?.name ?? 'result';
  const names = documents.all.map((document) => document.name);
  const title = `Compare: ${shortTitle(name, names).replace('↳ ', '')}`;
  const html = Object.values(texts).find((text) => text.trimStart().startsWith('<')) ?? null;
  useTabs().compare({ title, result, truth, report: parsed.data, html });
  return comparisonLine(parsed.data);
}
