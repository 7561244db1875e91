import { app } from 'electron';
import { handle } from './ipc';
import type { SettingsFile } from './settings';

const MAX_RECENT_FILES = 12;

/** `path` in front, each path once, the oldest dropped. */
export function withRecent(recentFiles: readonly string[], path: string): string[] {
  return [path, ...recentFiles.filter((other) => other !== path)].slice(0, MAX_RECENT_FILES);
}

/** Remembers which files were opened, here and in the system's own list. */
export function setupRecent(settings: SettingsFile): void {
  handle('recent.add', ({ path }) => {
    const recentFiles = withRecent(settings.value.recentFiles, path);
    settings.update({ recentFiles });
    app.addRecentDocument(path);
    return { recentFiles };
  });
  handle('recent.clear', () => {
    settings.update({ recentFiles: [] });
    app.clearRecentDocuments();
    return { recentFiles: [] };
  });
}
