import { ask } from '#renderer/platform/bridge';
import { useDialogs } from '#renderer/stores/dialogs';
import { useEngine } from '#renderer/stores/engine';
import type { WindowAction } from './WindowAction';

/** The recorded macro. */
export function editActions(): WindowAction[] {
  const dialogs = useDialogs();
  const engine = useEngine();
  return [
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
