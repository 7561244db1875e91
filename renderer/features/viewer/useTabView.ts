import { computed, type ComputedRef } from 'vue';
import type { DocumentSummary } from '#core/command/engineApi';
import { useViews, type TabView } from '#renderer/stores/views';
import { walkedAxis } from '#renderer/stores/walkedAxis';

/** The view of a tab over `document`, and moving along its planes or time points. */
export function useTabView(
  tab: () => string,
  document: () => DocumentSummary | null,
): {
  readonly view: ComputedRef<TabView>;
  readonly goTo: (at: number) => void;
  readonly step: (planes: number) => void;
} {
  const views = useViews();
  const view = computed(() => views.viewOf(tab(), document()?.shape.z ?? 1));

  function goTo(at: number): void {
    const shown = document();
    if (!shown) return;
    const { name, count } = walkedAxis(shown);
    views.change(tab(), { [name]: Math.min(count - 1, Math.max(0, Math.round(at))) });
  }

  function step(by: number): void {
    const shown = document();
    if (shown) goTo(view.value[walkedAxis(shown).name] + by);
  }

  return { view, goTo, step };
}
