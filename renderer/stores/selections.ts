import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Region } from '#core/image/PlaneSource';

/** The rectangle that was drawn in each tab, in whole pixels of its image. */
export const useSelections = defineStore('selections', () => {
  const byTab = ref<Record<string, Region>>({});

  function of(tab: string | null): Region | null {
    return tab === null ? null : (byTab.value[tab] ?? null);
  }

  function select(tab: string, region: Region | null): void {
    if (region) byTab.value[tab] = region;
    else delete byTab.value[tab];
  }

  return { byTab, of, select };
});
