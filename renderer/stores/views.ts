import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { ViewTransform } from '#renderer/rendering/viewTransform';

/** What a tab looks at. */
export interface TabView {
  t: number;
  c: number;
  z: number;
  /** `null` keeps the whole image in sight. */
  transform: ViewTransform | null;
}

/** How a tab turns values into grey; `null` until the first plane has told its range. */
export interface TabContrast {
  min: number;
  max: number;
  gamma: number;
}

export type Tool = 'arrow' | 'zoom' | 'rectangle';

/** Where each tab looks and how, and the tool at hand. */
export const useViews = defineStore('views', () => {
  const views = ref<Record<string, TabView>>({});
  const contrasts = ref<Record<string, TabContrast>>({});
  /** No reactive state: it only helps to start a new view. */
  let last: { tab: string; planeCount: number } | null = null;
  const pointers = ref<Record<string, { x: number; y: number } | null>>({});
  const tool = ref<Tool>('arrow');
  const smooth = ref(true);
  const inverted = ref(false);
  const contrastOpen = ref(false);
  const guidedOpen = ref(true);
  const planesOpen = ref(true);

  /**
   * The view of a tab. A new one looks where the tab before it looked when that has as many planes,
   * so that a result appears at the plane that was in sight; otherwise it starts in the middle.
   */
  function viewOf(tab: string, planeCount: number): TabView {
    const before = last?.planeCount === planeCount ? views.value[last.tab] : undefined;
    const middle = { t: 0, c: 0, z: Math.floor((planeCount - 1) / 2), transform: null };
    views.value[tab] ??= before ? { ...before } : middle;
    last = { tab, planeCount };
    return views.value[tab];
  }

  function setContrast(tab: string, contrast: TabContrast): void {
    contrasts.value[tab] = contrast;
  }

  function change(tab: string, fields: Partial<TabView>): void {
    const view = views.value[tab];
    if (view) Object.assign(view, fields);
  }

  /** The image point under the mouse, shared by linked panes. */
  function pointAt(tab: string, point: { x: number; y: number } | null): void {
    pointers.value[tab] = point;
  }

  function forget(tab: string): void {
    delete views.value[tab];
    delete contrasts.value[tab];
    delete pointers.value[tab];
  }

  return {
    ...{ views, contrasts, pointers, tool, smooth, inverted, contrastOpen, guidedOpen, planesOpen },
    ...{ viewOf, setContrast, change, pointAt, forget },
  };
});
