import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { MetricsReport } from './metricsReport';
import { useDocuments } from './documents';
import { shortTitle } from './shortTitle';

export interface CompareTab {
  readonly kind: 'compare';
  readonly id: string;
  readonly title: string;
  readonly result: string;
  readonly truth: string;
  readonly report: MetricsReport;
  /** The report as a page, for saving. */
  readonly html: string | null;
}

export interface DocumentTab {
  readonly kind: 'document';
  readonly id: string;
  readonly title: string;
}

/** How far the planes of a document had drifted before they were aligned. */
export interface DriftTab {
  readonly kind: 'drift';
  readonly id: string;
  readonly title: string;
  /** The aligned document, and the one before. */
  readonly document: string;
  readonly before: string;
}

export type ResultTab = CompareTab | DriftTab;
export type Tab = DocumentTab | ResultTab;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The documents that a tab shows, the one that commands work on first. */
function documentsOf(tab: Tab): readonly string[] {
  switch (tab.kind) {
    case 'document':
      return [tab.id];
    case 'compare':
      return [tab.result, tab.truth];
    case 'drift':
      return [tab.document];
  }
}

/** The document whose axis the strip shows: of a comparison, the truth. */
export function axisDocumentOf(tab: Tab): string {
  return documentsOf(tab).at(-1) ?? tab.id;
}

/** What the middle of the window shows: one tab for each document, then views of results. */
export const useTabs = defineStore('tabs', () => {
  const documents = useDocuments();
  const results = ref<ResultTab[]>([]);
  const activeId = ref<string | null>(null);
  let lastResult = 0;

  const all = computed<Tab[]>(() => [
    ...documents.all.map(({ id, name }): Tab => {
      const title = shortTitle(
        name,
        documents.all.map((other) => other.name),
      );
      return { kind: 'document', id, title };
    }),
    ...results.value.filter((tab) => documentsOf(tab).every((id) => documents.byId.has(id))),
  ]);
  const active = computed(() => all.value.find(({ id }) => id === activeId.value) ?? null);
  /** The document that commands work on: of a comparison, its result. */
  const activeDocument = computed(() => {
    const [id] = active.value ? documentsOf(active.value) : [];
    return id === undefined ? null : (documents.byId.get(id) ?? null);
  });

  watch(
    () => documents.newest,
    (id) => {
      if (id !== null) activeId.value = id;
    },
  );
  // The neighbour takes over when the shown tab goes away.
  watch(all, (now, before) => {
    if (now.some(({ id }) => id === activeId.value)) return;
    const place = before.findIndex(({ id }) => id === activeId.value);
    activeId.value = (now[Math.max(0, place - 1)] ?? now[0])?.id ?? null;
  });

  /** Opens a view of a result; an earlier one of the same documents makes place for it. */
  function openResult(tab: WithoutId<ResultTab>): void {
    const id = `${tab.kind}-${++lastResult}`;
    const added: ResultTab = { ...tab, id };
    const same = documentsOf(added).join();
    const others = results.value.filter(
      (other) => other.kind !== tab.kind || documentsOf(other).join() !== same,
    );
    results.value = [...others, added];
    activeId.value = id;
  }

  function closeResult(id: string): void {
    results.value = results.value.filter((tab) => tab.id !== id);
  }

  function step(direction: 1 | -1): void {
    const place = all.value.findIndex(({ id }) => id === activeId.value);
    const next = all.value[(place + direction + all.value.length) % all.value.length];
    if (next) activeId.value = next.id;
  }

  return { all, active, activeId, activeDocument, openResult, closeResult, step };
});
