import { useApp } from '#renderer/stores/app';
import { useDialogs } from '#renderer/stores/dialogs';
import { useEngineRestart } from './useEngineRestart';
import type { WindowAction } from './WindowAction';

const ABOUT = [
  'Volumes from a few wide-field fluorescence images: align, refocus, reconstruct, compare, save.',
  'Research software; no medical device. MIT licence.',
  'The refocusing methods are the subject of their authors’ patent applications,',
  'for instance WO 2020/139835.',
];

/** The palette, another start of the engine, and what Axial is. */
export function helpActions(): WindowAction[] {
  const app = useApp();
  const dialogs = useDialogs();
  const restart = useEngineRestart();
  return [
    {
      id: 'help.search',
      title: 'Search Commands…',
      menu: ['Help'],
      accelerator: 'L',
      run: () => {
        dialogs.palette = true;
      },
    },
    {
      id: 'engine.restart',
      title: 'Restart Engine',
      menu: ['Help'],
      run: () => restart(null),
    },
    {
      id: 'help.about',
      title: 'About Axial',
      menu: ['Help'],
      separated: true,
      run: () => {
        dialogs.sheet = { title: `Axial ${app.version}`, lines: ABOUT, html: null };
      },
    },
  ];
}
