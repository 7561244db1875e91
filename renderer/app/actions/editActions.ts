import { ask } from '#renderer/platform/bridge';
import { useDialogs } from '#renderer/stores/dialogs';
import { useEngine } from '#renderer/stores/engine';
import { useSelections } from '#renderer/stores/selections';
import { useTabs } from '#renderer/stores/tabs';
import { useViews } from '#renderer/stores/views';
import type { WindowAction } from './WindowAction';

/** Selecting the whole image, or nothing. */
function selectionActions(): WindowAction[] {
  const tabs = useTabs();
  const selections = useSelections();
  const views = useViews();
  const hasImage = (): boolean => tabs.activeDocument !== null;
  return [
    {
      id: 'edit.selectAll',
      title: 'Select All',
      menu: ['Edit', 'Selection'],
      accelerator: 'CmdOrCtrl+A',
      enabled: hasImage,
      run: () => {
        const shape = tabs.activeDocument?.shape;
        if (!shape || tabs.activeId === null) return;
        views.tool = 'rectangle';
        selections.select(tabs.activeId, { x: 0, y: 0, width: shape.x, height: shape.y });
      },
    },
    {
      id: 'edit.selectNone',
      title: 'Select None',
      menu: ['Edit', 'Selection'],
      accelerator: 'CmdOrCtrl+Shift+A',
      enabled: hasImage,
      run: () => {
        if (tabs.activeId !== null) selections.select(tabs.activeId, null);
      },
    },
  ];
}

/** Selections, and the recorded macro. */
export function editActions(): WindowAction[] {
  const dialogs = useDialogs();
  const engine = useEngine();
  return [
    ...selectionActions(),
    {
      id: 'edit.copyMacro',
      title: 'Copy Recorded Macro',
      menu: ['Edit'],
      run: async () => {
        await ask('clipboard.writeText', { text: await engine.api().recordedMacro() });
      },
    },
    {
      id: 'edit.showMacro',
      title: 'Show Recorded Macro…',
      menu: ['Edit'],
      run: async () => {
        const text = await engine.api().recordedMacro();
        dialogs.sheet = { title: 'Recorded macro', lines: text.trimEnd().split('\n'), html: null };
      },
    },
  ];
}
