import { useApp } from '#renderer/stores/app';
import { useCommands } from '#renderer/stores/commands';
import { useEngine } from '#renderer/stores/engine';
import { useTabs } from '#renderer/stores/tabs';
import { requestClose } from '#renderer/app/requestClose';
import type { WindowAction } from './WindowAction';

function recentActions(): WindowAction[] {
  const app = useApp();
  const commands = useCommands();
  return [
    ...app.recentFiles.map((path, i) => ({
      id: `recent.${i}`,
      title: path,
      menu: ['File', 'Open Recent'],
      run: () => commands.openPaths([path]),
    })),
    {
      id: 'recent.clear',
      title: 'Clear List',
      menu: ['File', 'Open Recent'],
      separated: true,
      enabled: () => app.recentFiles.length > 0,
      run: () => app.clearRecent(),
    },
  ];
}

/** Folders, recent files, opening and saving with options, closing, quitting. */
export function fileActions(): WindowAction[] {
  const commands = useCommands();
  const engine = useEngine();
  const tabs = useTabs();
  const hasImage = (): boolean => tabs.activeDocument !== null;
  const saveCommand = (): ReturnType<typeof engine.commandById.get> =>
    engine.commandById.get('file.save');
  return [
    {
      id: 'file.openFolder',
      title: 'Open Folder as Stack…',
      menu: ['File'],
      accelerator: 'CmdOrCtrl+Shift+O',
      run: () => commands.openFolder(),
    },
    {
      id: 'file.openWithOptions',
      title: 'Open With Options…',
      menu: ['File'],
      enabled: () => engine.commandById.has('file.open'),
      run: () => {
        const command = engine.commandById.get('file.open');
        if (command) commands.openDialog(command, {}, {});
      },
    },
    ...recentActions(),
    {
      id: 'file.saveWithOptions',
      title: 'Save With Options…',
      menu: ['File'],
      accelerator: 'CmdOrCtrl+Shift+S',
      enabled: () => hasImage() && saveCommand() !== undefined,
      run: () => {
        const command = saveCommand();
        const document = tabs.activeDocument;
        if (command && document) commands.openDialog(command, { stack: document.id }, {});
      },
    },
    {
      id: 'tab.close',
      title: 'Close',
      menu: ['File'],
      accelerator: 'CmdOrCtrl+W',
      separated: true,
      enabled: () => tabs.active !== null,
      run: () => tabs.active && commands.closeTab(tabs.active.id),
    },
    {
      id: 'app.quit',
      title: 'Quit',
      menu: ['File'],
      accelerator: 'CmdOrCtrl+Q',
      run: () => {
        requestClose(true);
      },
    },
  ];
}
