import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { handle, tell } from './ipc';
import type { SettingsFile } from './settings';

/** The files among the arguments of a command line; its first two words may be the program itself. */
export function pathsInArguments(args: readonly string[], folder: string): string[] {
  return args
    .filter((argument) => /\.(tiff?|png)$/i.test(argument))
    .map((argument) => resolve(folder, argument))
    .filter((path) => existsSync(path));
}

/** Answers the page's first question, and brings files from outside: arguments, a second start, the Finder. */
export function setupStart(window: () => BrowserWindow | null, settings: SettingsFile): void {
  let waiting = pathsInArguments(process.argv.slice(1), process.cwd());
  let started = false;

  const open = (paths: string[]): void => {
    if (started) tell(window(), { kind: 'openFiles', paths });
    else waiting = [...waiting, ...paths];
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app.on('second-instance', (_event, args, folder) => {
    const shown = window();
    if (shown?.isMinimized()) shown.restore();
    shown?.focus();
    open(pathsInArguments(args.slice(1), folder));
  });
  handle('app.start', () => {
    const openPaths = waiting;
    waiting = [];
    started = true;
    return {
      version: app.getVersion(),
      platform: process.platform,
      nativeMenu: process.platform === 'darwin',
      recentFiles: settings.value.recentFiles.filter((path) => existsSync(path)),
      device: settings.value.device,
      openPaths,
    };
  });
}
