import { defineStore } from 'pinia';
import { ref } from 'vue';
import { ask } from '#renderer/platform/bridge';

/** What main told about the program, and the files that were opened lately. */
export const useApp = defineStore('app', () => {
  const version = ref('');
  const platform = ref('');
  const nativeMenu = ref(false);
  const recentFiles = ref<string[]>([]);

  /** Asks main once; returns the files that the program was started with. */
  async function start(): Promise<string[]> {
    const answer = await ask('app.start', {});
    version.value = answer.version;
    platform.value = answer.platform;
    nativeMenu.value = answer.nativeMenu;
    recentFiles.value = answer.recentFiles;
    return answer.openPaths;
  }

  async function addRecent(path: string): Promise<void> {
    recentFiles.value = (await ask('recent.add', { path })).recentFiles;
  }

  async function clearRecent(): Promise<void> {
    recentFiles.value = (await ask('recent.clear', {})).recentFiles;
  }

  return { version, platform, nativeMenu, recentFiles, start, addRecent, clearRecent };
});
