import type { CommandDescriptor } from '#core/command/engineApi';
import type { Menu, MenuItem } from '#electron/shared/menuModel';
import type { WindowAction } from './actions/WindowAction';

/** The menu bar, in ImageJ's order. */
export const MENU_LABELS = [
  'File',
  'Edit',
  'Image',
  'Process',
  'Reconstruct',
  'Analyze',
  'Plugins',
  'Window',
  'Help',
] as const;

/** Entries that everybody looks for first; the rest keeps its order of declaration. */
const FIRST = [
  'file.open',
  'file.openFolder',
  'file.openWithOptions',
  'file.openSample',
  'Open Recent',
  'file.save',
  'file.saveWithOptions',
  'image.info',
];
/** Entries that everybody looks for last. */
const LAST = ['tab.close', 'app.quit', 'help.about'];

interface Entry {
  readonly id: string;
  readonly path: readonly string[];
  readonly item: MenuItem;
}

function leaf(fields: Pick<MenuItem, 'id' | 'label'> & Partial<MenuItem>): MenuItem {
  return {
    accelerator: null,
    enabled: true,
    checked: null,
    separated: false,
    items: [],
    ...fields,
  };
}

function entryOfCommand(command: CommandDescriptor, hasImage: boolean): Entry {
  const { id, title, accelerator, inputs, menu } = command;
  const enabled = inputs.length === 0 || hasImage;
  return { id, path: menu, item: leaf({ id, label: title, accelerator, enabled }) };
}

function entryOfAction(action: WindowAction): Entry {
  const { id, title, menu, accelerator, separated, enabled, checked } = action;
  return {
    id,
    path: menu,
    item: leaf({
      id,
      label: title,
      accelerator: accelerator ?? null,
      enabled: enabled?.() ?? true,
      checked: checked?.() ?? null,
      separated: separated ?? false,
    }),
  };
}

function rank(key: string): number {
  if (FIRST.includes(key)) return FIRST.indexOf(key) - FIRST.length;
  return LAST.includes(key) ? 1 + LAST.indexOf(key) : 0;
}

/** Entries below `depth` levels of menu; those with a further level go into submenus. */
function itemsOf(entries: readonly Entry[], depth: number): MenuItem[] {
  const keys = [...new Set(entries.map(({ id, path }) => path[depth] ?? id))];
  const sorted = keys.toSorted((a, b) => rank(a) - rank(b));
  return sorted.flatMap((key) => {
    const [own] = entries.filter(({ id, path }) => path.length === depth && id === key);
    if (own) return [own.item];
    const inside = entries.filter(({ path }) => path[depth] === key);
    return [leaf({ id: `menu:${key}`, label: key, items: itemsOf(inside, depth + 1) })];
  });
}

/** The menu bar of what can be done now. Commands without a menu path are left to the palette. */
export function menuModel(
  commands: readonly CommandDescriptor[],
  actions: readonly WindowAction[],
  hasImage: boolean,
): Menu[] {
  const entries = [
    ...commands.map((command) => entryOfCommand(command, hasImage)),
    ...actions.map(entryOfAction),
  ].filter(({ path }) => path.length > 0);
  const extra = entries.map(({ path }) => path[0] ?? '').filter((label) => !isKnown(label));
  const labels = [...MENU_LABELS.slice(0, 7), ...new Set(extra), ...MENU_LABELS.slice(7)];
  return labels.map((label) => {
    const items = itemsOf(
      entries.filter(({ path }) => path[0] === label),
      1,
    );
    const nothing = leaf({ id: `none:${label}`, label: 'Nothing here yet', enabled: false });
    return { label, items: items.length > 0 ? items : [nothing] };
  });
}

function isKnown(label: string): boolean {
  return MENU_LABELS.some((known) => known === label);
}
