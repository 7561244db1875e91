import type { Menu, MenuItem } from '#electron/shared/menuModel';

/** Something that the palette can start. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** Menu path in words: "Process › Registration". */
  readonly where: string;
  readonly accelerator: string | null;
  readonly enabled: boolean;
}

function flatten(items: readonly MenuItem[], where: string): PaletteEntry[] {
  return items.flatMap((item) => {
    if (item.items.length > 0) return flatten(item.items, `${where} › ${item.label}`);
    const { id, label, accelerator, enabled } = item;
    return id.startsWith('none:') ? [] : [{ id, label, where, accelerator, enabled }];
  });
}

/** Every menu entry as the palette lists it. */
export function paletteEntries(menus: readonly Menu[]): PaletteEntry[] {
  return menus.flatMap(({ label, items }) => flatten(items, label));
}

/** Entries that contain every word of the query; those whose name begins with it come first. */
export function findEntries(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter((word) => word !== '');
  const text = ({ label, where, id }: PaletteEntry): string =>
    `${label} ${where} ${id}`.toLowerCase();
  const found = entries.filter((entry) => words.every((word) => text(entry).includes(word)));
  const rank = ({ label }: PaletteEntry): number =>
    label.toLowerCase().startsWith(wanted) ? 0 : 1;
  return wanted === '' ? found : found.toSorted((a, b) => rank(a) - rank(b));
}
