import type { ExecuteResult } from '#core/command/engineApi';
import { metricsReportSchema } from './metricsReport';
import { useDocuments } from './documents';
import { useMessages } from './messages';
import { useTabs } from './tabs';

/** Opens the tab that shows a result beside its truth, with the figures of `compare.metrics`. */
export function showComparison(
  inputs: { readonly [name: string]: string },
  { report, texts }: ExecuteResult,
): void {
  const { result, truth } = inputs;
  const parsed = metricsReportSchema.safeParse(report);
  if (result === undefined || truth === undefined) return;
  if (!parsed.success) {
    useMessages().fail(
      new Error('The figures of the comparison could not be read.', { cause: parsed.error }),
    );
    return;
  }
  const name = useDocuments().byId.get(result)?.name ?? 'result';
  const html = Object.values(texts).find((text) => text.trimStart().startsWith('<')) ?? null;
  useTabs().compare({ title: `Compare: ${name}`, result, truth, report: parsed.data, html });
}
