import { acceleratorParts, isPlainKey } from '#renderer/platform/accelerator';
import type { Menu, MenuItem } from '#electron/shared/menuModel';

/** The parts of a key press that matter to shortcuts. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

function keyMatches(wanted: string, pressed: string): boolean {
  if (wanted === 'Plus') return pressed === '+' || pressed === '=';
  return wanted.toLowerCase() === pressed.toLowerCase();
}

/** Whether a key press is this accelerator, on this platform. */
export function matches(accelerator: string, press: KeyPress, mac: boolean): boolean {
  const { modifiers, key } = acceleratorParts(accelerator);
  if (!keyMatches(key, press.key)) return false;
  const both = modifiers.some((name) => name === 'cmdorctrl' || name === 'commandorcontrol');
  const ctrl = modifiers.some((name) => name === 'ctrl' || name === 'control') || (both && !mac);
  const meta = modifiers.some((name) => /^(cmd|command|super|meta)$/.test(name)) || (both && mac);
  const alt = modifiers.some((name) => name === 'alt' || name === 'option');
  const shift = modifiers.includes('shift');
  // "+" or "?" may need Shift on a keyboard; only letters tell Shift+C from C.
  const shiftFits = shift === press.shiftKey || (!shift && !/^[a-z0-9]$/i.test(press.key));
  return ctrl === press.ctrlKey && meta === press.metaKey && alt === press.altKey && shiftFits;
}

function leaves(items: readonly MenuItem[]): MenuItem[] {
  return items.flatMap((item) => (item.items.length > 0 ? leaves(item.items) : [item]));
}

/** All entries of the menu bar that can be chosen, without submenus. */
export function menuLeaves(menus: readonly Menu[]): MenuItem[] {
  return menus.flatMap(({ items }) => leaves(items));
}

/** As in ImageJ, Ctrl+O also answers to a plain O, unless another entry has that key for itself. */
function plainAlias(accelerator: string): string | null {
  const { modifiers, key } = acceleratorParts(accelerator);
  const aliased = modifiers.length === 1 && modifiers[0] === 'cmdorctrl' && /^[A-Z]$/.test(key);
  return aliased && key !== 'Q' ? key : null;
}

/**
 * The entry that a key press chooses. Plain keys choose nothing while somebody types, and on macOS
 * the native menu answers everything else.
 */
export function entryForKey(
  menus: readonly Menu[],
  press: KeyPress,
  { typing, mac }: { readonly typing: boolean; readonly mac: boolean },
): MenuItem | null {
  const entries = menuLeaves(menus).filter(({ accelerator }) => accelerator !== null);
  const own = entries.find(({ accelerator }) => {
    if (accelerator === null || !matches(accelerator, press, mac)) return false;
    return isPlainKey(accelerator) ? !typing : !mac;
  });
  if (own || typing) return own ?? null;
  return (
    entries.find(({ accelerator }) => {
      const alias = accelerator === null ? null : plainAlias(accelerator);
      return alias !== null && matches(alias, press, mac);
    }) ?? null
  );
}

/** Whether key presses on an element write text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox'
  );
}

/** A shortcut as people read it: "Ctrl+O", "⌘O". */
export function shortcutLabel(accelerator: string, mac: boolean): string {
  if (!mac) return accelerator.replace(/CmdOrCtrl|CommandOrControl/, 'Ctrl');
  return accelerator
    .replace(/CmdOrCtrl|CommandOrControl|Cmd|Command/, '⌘')
    .replace('Shift', '⇧')
    .replace(/Alt|Option/, '⌥')
    .replace(/\+(?=.)/g, '');
}
