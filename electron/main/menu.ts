import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import type { Menu as MenuData, MenuItem } from '#electron/shared/menuModel';
import { isPlainKey } from '#electron/shared/accelerator';
import { handle, tell } from './ipc';

/**
 * Shortcuts without a modifier are answered by the page, which knows whether somebody is typing:
 * the native menu only shows them, and macOS, which cannot show without answering, leaves them out.
 */
function acceleratorOptions(
  accelerator: string | null,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions {
  if (accelerator === null) return {};
  if (!isPlainKey(accelerator)) return { accelerator };
  return platform === 'darwin' ? {} : { accelerator, registerAccelerator: false };
}

function nativeItem(
  item: MenuItem,
  choose: (id: string) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const line: MenuItemConstructorOptions[] = item.separated ? [{ type: 'separator' }] : [];
  if (item.items.length > 0) {
    const submenu = item.items.flatMap((child) => nativeItem(child, choose, platform));
    return [...line, { label: item.label, submenu, enabled: item.enabled }];
  }
  return [
    ...line,
    {
      label: item.label,
      enabled: item.enabled,
      ...(item.checked === null ? {} : { type: 'checkbox', checked: item.checked }),
      ...acceleratorOptions(item.accelerator, platform),
      click: () => {
        choose(item.id);
      },
    },
  ];
}

/** Edit entries that act on text fields; macOS needs them for Cmd+C and friends to work at all. */
const TEXT_ROLES: MenuItemConstructorOptions[] = [
  { role: 'undo' },
  { role: 'redo' },
  { type: 'separator' },
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
  { type: 'separator' },
];

/** The native menu bar as Electron wants it. */
export function nativeTemplate(
  menus: readonly MenuData[],
  choose: (id: string) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const bar = menus.map(({ label, items }): MenuItemConstructorOptions => {
    const own = items.flatMap((item) => nativeItem(item, choose, platform));
    const roles = platform === 'darwin' && label === 'Edit' ? TEXT_ROLES : [];
    return { label, submenu: [...roles, ...own] };
  });
  return platform === 'darwin' ? [{ role: 'appMenu' }, ...bar] : bar;
}

/** Makes the native menu of what the page describes; where the page draws its own, it stays hidden. */
export function setupMenu(window: () => BrowserWindow): void {
  handle('menu.set', ({ menus }) => {
    const choose = (id: string): void => {
      tell(window(), { kind: 'menu', id });
    };
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(nativeTemplate(menus, choose, process.platform)),
    );
    if (process.platform !== 'darwin') window().setMenuBarVisibility(false);
    return {};
  });
}
