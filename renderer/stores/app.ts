import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { NetworkDevice } from '#core/network/networkDevices';
import { ask } from '#renderer/platform/bridge';

/** What main told about the program, and the files that were opened lately. */
export const useApp = defineStore('app', () => {
  const version = ref('');
  const platform = ref('');
  const nativeMenu = ref(false);
  const recentFiles = ref<string[]>([]);
  const device = ref<NetworkDevice>('auto');

  /** Asks main once; returns the files that the program was started with. */
  async function start(): Promise<string[]> {
    const answer = await ask('app.start', {});
    version.value = answer.version;
    platform.value = answer.platform;
    nativeMenu.value = answer.nativeMenu;
    recentFiles.value = answer.recentFiles;
    device.value = answer.device;
    return answer.openPaths;
  }

  /** Starts the engine anew, on another device if one is named; results that are not saved are lost. */
  async function restartEngine(chosen: NetworkDevice | null): Promise<void> {
    await ask('engine.restart', { device: chosen });
    device.value = chosen ?? device.value;
  }

  async function addRecent(path: string): Promise<void> {
    recentFiles.value = (await ask('recent.add', { path })).recentFiles;
  }

  async function clearRecent(): Promise<void> {
    recentFiles.value = (await ask('recent.clear', {})).recentFiles;
  }

  return {
    ...{ version, platform, nativeMenu, recentFiles, device },
    ...{ start, restartEngine, addRecent, clearRecent },
  };
});
