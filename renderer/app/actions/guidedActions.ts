import { useGuided } from '#renderer/stores/guided';
import { useTabs } from '#renderer/stores/tabs';
import type { WindowAction } from './WindowAction';

/** What the guided panel offers, for the menus. */
export function guidedActions(): WindowAction[] {
  const guided = useGuided();
  const tabs = useTabs();
  const hasImage = (): boolean => tabs.activeDocument !== null;
  return [
    {
      id: 'guided.suggest',
      title: 'Suggest Input Planes',
      menu: ['Reconstruct'],
      enabled: hasImage,
      run: () => {
        if (guided.rootId !== null) guided.suggest(guided.rootId);
      },
    },
    {
      id: 'guided.runAll',
      title: 'Run All Steps',
      menu: ['Reconstruct'],
      enabled: hasImage,
      run: () => guided.rootId !== null && guided.runAll(guided.rootId),
    },
  ];
}
