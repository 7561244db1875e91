import { ask } from '#renderer/platform/bridge';
import { useTabs } from '#renderer/stores/tabs';
import { useViews } from '#renderer/stores/views';
import type { WindowAction } from './WindowAction';

function openTabs(): WindowAction[] {
  const tabs = useTabs();
  return tabs.all.map((tab, i) => ({
    id: `tab.${i}`,
    title: tab.title,
    menu: ['Window'],
    separated: i === 0,
    checked: () => tabs.activeId === tab.id,
    run: () => {
      tabs.activeId = tab.id;
    },
  }));
}

/** Tabs, panels and full screen. */
export function tabActions(): WindowAction[] {
  const tabs = useTabs();
  const views = useViews();
  return [
    {
      id: 'tab.next',
      title: 'Next Tab',
      menu: ['Window'],
      accelerator: 'Ctrl+Tab',
      enabled: () => tabs.all.length > 1,
      run: () => {
        tabs.step(1);
      },
    },
    {
      id: 'tab.previous',
      title: 'Previous Tab',
      menu: ['Window'],
      accelerator: 'Ctrl+Shift+Tab',
      enabled: () => tabs.all.length > 1,
      run: () => {
        tabs.step(-1);
      },
    },
    {
      id: 'view.guided',
      title: 'Guided Panel',
      menu: ['Window'],
      separated: true,
      checked: () => views.guidedOpen,
      run: () => {
        views.guidedOpen = !views.guidedOpen;
      },
    },
    {
      id: 'view.planes',
      title: 'Planes Strip',
      menu: ['Window'],
      checked: () => views.planesOpen,
      run: () => {
        views.planesOpen = !views.planesOpen;
      },
    },
    {
      id: 'view.fullScreen',
      title: 'Full Screen',
      menu: ['Window'],
      accelerator: 'F11',
      run: () => ask('window.fullScreen', {}),
    },
    ...openTabs(),
  ];
}
