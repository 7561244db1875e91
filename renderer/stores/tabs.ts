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

export type Tab = DocumentTab | CompareTab;

/** What the middle of the window shows: one tab for each document, then the comparisons. */
export const useTabs = defineStore('tabs', () => {
  const documents = useDocuments();
  const comparisons = ref<CompareTab[]>([]);
  const activeId = ref<string | null>(null);
  let lastComparison = 0;

  const all = computed<Tab[]>(() => [
    ...documents.all.map(({ id, name }): Tab => {
      const title = shortTitle(
        name,
        documents.all.map((other) => other.name),
      );
      return { kind: 'document', id, title };
    }),
    ...comparisons.value.filter(
      ({ result, truth }) => documents.byId.has(result) && documents.byId.has(truth),
    ),
  ]);
  const active = computed(() => all.value.find(({ id }) => id === activeId.value) ?? null);
  /** The document that commands work on: of a comparison, its result. */
  const activeDocument = computed(() => {
    const tab = active.value;
    if (!tab) return null;
    return documents.byId.get(tab.kind === 'document' ? tab.id : tab.result) ?? null;
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

  function compare(tab: Omit<CompareTab, 'id' | 'kind'>): void {
    const id = `compare-${++lastComparison}`;
    const others = comparisons.value.filter(
      ({ result, truth }) => result !== tab.result || truth !== tab.truth,
    );
    comparisons.value = [...others, { ...tab, id, kind: 'compare' }];
    activeId.value = id;
  }

  function closeComparison(id: string): void {
    comparisons.value = comparisons.value.filter((tab) => tab.id !== id);
  }

  function step(direction: 1 | -1): void {
    const place = all.value.findIndex(({ id }) => id === activeId.value);
    const next = all.value[(place + direction + all.value.length) % all.value.length];
    if (next) activeId.value = next.id;
  }

  return { all, active, activeId, activeDocument, compare, closeComparison, step };
});
