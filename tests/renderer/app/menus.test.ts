import { describe, expect, it } from 'vitest';
import { findEntries, paletteEntries } from '#renderer/app/findEntries';
import { MENU_LABELS, menuModel } from '#renderer/app/menuModel';
import {
  entryForKey,
  matches,
  menuLeaves,
  shortcutLabel,
  type KeyPress,
} from '#renderer/app/shortcuts';
import type { WindowAction } from '#renderer/app/actions/WindowAction';
import { menusSchema } from '#electron/shared/menuModel';
import { fakeCommands } from '#tests/helpers/fakeCommands';

const actions: WindowAction[] = [
  {
    id: 'app.quit',
    title: 'Quit',
    menu: ['File'],
    accelerator: 'CmdOrCtrl+Q',
    run: () => undefined,
  },
  {
    id: 'view.contrast',
    title: 'Brightness/Contrast',
    menu: ['Image', 'Adjust'],
    accelerator: 'Shift+C',
    run: () => undefined,
  },
  {
    id: 'view.zoomIn',
    title: 'In',
    menu: ['Image', 'Zoom'],
    accelerator: '+',
    run: () => undefined,
  },
  {
    id: 'help.search',
    title: 'Search Commands…',
    menu: ['Help'],
    accelerator: 'L',
    run: () => undefined,
  },
];
const menus = menuModel(fakeCommands, actions, false);

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}
const idle = { typing: false, mac: false };

describe('the menu bar', () => {
  it('has ImageJ’s menus in their order, none of them empty', () => {
    expect(menus.map(({ label }) => label)).toEqual([...MENU_LABELS]);
    expect(menus.every(({ items }) => items.length > 0)).toBe(true);
  });

  it('is a message that main accepts', () => {
    expect(menusSchema.parse(menus)).toEqual(menus);
  });

  it('puts commands where they say, in submenus too', () => {
    const process = menus.find(({ label }) => label === 'Process');
    const registration = process?.items.find(({ label }) => label === 'Registration');
    expect(registration?.items.map(({ id }) => id)).toEqual(['process.align']);
  });

  it('keeps Open first and Quit last', () => {
    const file = menus[0]?.items.map(({ id }) => id);
    expect([file?.[0], file?.at(-1)]).toEqual(['file.open', 'app.quit']);
  });

  it('offers what needs an image only when one is open', () => {
    const align = (open: boolean): boolean | undefined =>
      menuLeaves(menuModel(fakeCommands, actions, open)).find(({ id }) => id === 'process.align')
        ?.enabled;
    expect([align(false), align(true)]).toEqual([false, true]);
  });
});

describe('shortcuts', () => {
  it.each([
    ['CmdOrCtrl+O', press('o', { ctrlKey: true }), false, true],
    ['CmdOrCtrl+O', press('o', { metaKey: true }), true, true],
    ['CmdOrCtrl+O', press('o', { ctrlKey: true }), true, false],
    ['Shift+C', press('C', { shiftKey: true }), false, true],
    ['Shift+C', press('c'), false, false],
    ['L', press('L', { shiftKey: true }), false, false],
    ['+', press('+', { shiftKey: true }), false, true],
    ['Ctrl+Tab', press('Tab', { ctrlKey: true }), false, true],
  ])('%s', (accelerator, key, mac, expected) => {
    expect(matches(accelerator, key, mac)).toBe(expected);
  });

  it('answer to a plain letter as in ImageJ, but never for quitting', () => {
    expect(entryForKey(menus, press('o'), idle)?.id).toBe('file.open');
    expect(entryForKey(menus, press('q'), idle)).toBeNull();
  });

  it('stay silent for plain keys while somebody types', () => {
    const typing = { typing: true, mac: false };
    for (const key of ['l', 'o', '+']) expect(entryForKey(menus, press(key), typing)).toBeNull();
    expect(entryForKey(menus, press('o', { ctrlKey: true }), typing)?.id).toBe('file.open');
  });

  it('leave what has a modifier to the native menu of macOS', () => {
    const mac = { typing: false, mac: true };
    expect(entryForKey(menus, press('o', { metaKey: true }), mac)).toBeNull();
    expect(entryForKey(menus, press('l'), mac)?.id).toBe('help.search');
  });

  it('are shown as each platform writes them', () => {
    expect([
      shortcutLabel('CmdOrCtrl+Shift+S', false),
      shortcutLabel('CmdOrCtrl+Shift+S', true),
    ]).toEqual(['Ctrl+Shift+S', '⌘⇧S']);
  });
});

describe('the command palette', () => {
  const entries = paletteEntries(menus);

  it('finds by words of the name, the menu or the id, best match first', () => {
    expect(findEntries(entries, 'align')[0]?.id).toBe('process.align');
    expect(findEntries(entries, 'registration stack').map(({ id }) => id)).toEqual([
      'process.align',
    ]);
    expect(findEntries(entries, 'recurrentMz')[0]?.id).toBe('reconstruct.recurrentMz');
    expect(findEntries(entries, 'nothing of the kind')).toEqual([]);
  });

  it('says where in the menus an entry is', () => {
    expect(entries.find(({ id }) => id === 'view.zoomIn')?.where).toBe('Image › Zoom');
  });
});
