import { computed, type ComputedRef } from 'vue';
import type { DocumentSummary } from '#core/command/engineApi';
import { useViews, type TabView } from '#renderer/stores/views';

/** The view of a tab over `document`, and moving through its planes. */
export function useTabView(
  tab: () => string,
  document: () => DocumentSummary | null,
): {
  readonly view: ComputedRef<TabView>;
  readonly goTo: (z: number) => void;
  readonly step: (planes: number) => void;
} {
  const views = useViews();
  const planeCount = (): number => document()?.shape.z ?? 1;
  const view = computed(() => views.viewOf(tab(), planeCount()));

  function goTo(z: number): void {
    views.change(tab(), { z: Math.min(planeCount() - 1, Math.max(0, Math.round(z))) });
  }

  return {
    view,
    goTo,
    step: (planes) => {
      goTo(
        planes === Infinity ? planeCount() - 1 : planes === -Infinity ? 0 : view.value.z + planes,
      );
    },
  };
}
