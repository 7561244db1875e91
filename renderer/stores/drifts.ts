import { defineStore } from 'pinia';
import { shallowReactive, watch } from 'vue';
import type { DocumentSummary, ExecuteResult } from '#core/command/engineApi';
import { driftLines, failedPlanesNote } from '#core/command/steps/driftLines';
import { driftTable, type DriftRow, type DriftTable } from '#core/command/steps/driftTable';
import { parseTransforms } from '#core/command/steps/parseTransforms';
import type { Transforms } from '#core/registration/Transforms';
import { useDocuments } from './documents';
import { useMessages } from './messages';
import { useTabs } from './tabs';

/** The alignment of a document. */
interface Alignment {
  /** The stack before it was aligned; itself when only saved transforms were looked at. */
  readonly before: string;
  readonly series: readonly Transforms[];
}

/** What is known about how documents were aligned. */
export const useDrifts = defineStore('drifts', () => {
  const documents = useDocuments();
  const messages = useMessages();
  const tabs = useTabs();
  const alignments = shallowReactive(new Map<string, Alignment>());

  // Another engine counts its documents from one again.
  watch(
    () => documents.byId,
    (open) => {
      for (const id of alignments.keys()) if (!open.has(id)) alignments.delete(id);
    },
  );

  function tableOf(id: string): DriftTable | null {
    const alignment = alignments.get(id);
    const document = documents.byId.get(id);
    return alignment && document ? driftTable(alignment.series, document) : null;
  }

  /** Whether somebody has to look at planes of a document: those that probably failed. */
  function suspectsOf(document: DocumentSummary, t: number): DriftRow[] {
    const table = tableOf(document.id);
    if (!table) return [];
    const series = table.along === 'z' ? t : 0;
    return table.rows.filter((row) => row.suspect && row.series === series);
  }

  function open(id: string): void {
    const alignment = alignments.get(id);
    const name = tabs.all.find((tab) => tab.id === id)?.title.replace('↳ ', '') ?? '';
    if (!alignment) return;
    const { before } = alignment;
    tabs.openResult({ kind: 'drift', title: `Drift: ${name}`, document: id, before });
  }

  /**
   * Remembers what an alignment found, opens its tab, and warns beside the aligned image; returns the
   * drift in one line.
   */
  function show(before: string, id: string, { report }: Pick<ExecuteResult, 'report'>): string {
    const document = documents.byId.get(id);
    if (!document) return '';
    const series = parseTransforms(JSON.stringify(report['series']), 'The result', document);
    alignments.set(id, { before, series });
    const failed = failedPlanesNote(series);
    if (failed !== null) {
      const action = { label: 'Show drift', run: () => open(id) };
      messages.add({
        ...{ scope: id, kind: 'warning', title: failed, remedy: '', details: null, action },
      });
    }
    open(id);
    const [drift = ''] = driftLines(series);
    const flagged = series.flatMap(({ planes }) => planes.filter(({ suspect }) => suspect));
    return `${drift} · ${flagged.length === 0 ? 'no plane flagged' : `▲ ${flagged.length} probably failed`}`;
  }

  return { alignments, tableOf, suspectsOf, open, show };
});
