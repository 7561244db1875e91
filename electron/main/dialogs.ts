import { rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  clipboard,
  dialog,
  type BrowserWindow,
  type FileFilter,
  type SaveDialogOptions,
} from 'electron';
import { AxialError } from '#core/util/errors';
import { handle } from './ipc';
import type { SettingsFile } from './settings';
import { folderOf } from './folderOf';

type Filters = readonly { readonly name: string; readonly extensions: readonly string[] }[];

function fileFilters(filters: Filters): FileFilter[] {
  return filters.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
}

/** Writes text under a temporary name first, so that the old file stays until the new one is whole. */
async function saveText(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await writeFile(temporary, text, 'utf8');
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new AxialError(
      'FileAccessError',
      `${path} could not be written.`,
      'Choose a folder that you may write to, with free space.',
      { cause, details: { path } },
    );
  }
}

/** The system's file dialogs, attached to the window. */
export function setupDialogs(window: () => BrowserWindow, settings: SettingsFile): void {
  const startFolder = (): string => folderOf(settings.value.recentFiles[0]) ?? homedir();

  async function askWhereToSave(title: string, name: string, filters: Filters) {
    const options: SaveDialogOptions = {
      title,
      defaultPath: join(startFolder(), name),
      filters: fileFilters(filters),
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    };
    const answer = await dialog.showSaveDialog(window(), options);
    return answer.canceled || !answer.filePath ? null : answer.filePath;
  }

  handle('dialog.open', async ({ title, kind, filters }) => {
    const answer = await dialog.showOpenDialog(window(), {
      title,
      defaultPath: startFolder(),
      filters: fileFilters(filters),
      properties: kind === 'folder' ? ['openDirectory'] : ['openFile', 'multiSelections'],
    });
    return { paths: answer.canceled ? [] : answer.filePaths };
  });
  handle('dialog.save', async ({ title, suggestedName, filters }) => ({
    path: await askWhereToSave(title, suggestedName, filters),
  }));
  handle('dialog.saveText', async ({ title, suggestedName, filters, text }) => {
    const path = await askWhereToSave(title, suggestedName, filters);
    if (path !== null) await saveText(path, text);
    return { path };
  });
  handle('clipboard.writeText', ({ text }) => {
    clipboard.writeText(text);
    return {};
  });
}
