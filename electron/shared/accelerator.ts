const MODIFIERS = new Set([
  'cmdorctrl',
  'commandorcontrol',
  'cmd',
  'command',
  'ctrl',
  'control',
  'alt',
  'option',
  'super',
  'meta',
]);

/** The parts of an accelerator: its modifiers in lower case, and its key. */
export function acceleratorParts(accelerator: string): { modifiers: string[]; key: string } {
  const parts = accelerator.split('+');
  // "CmdOrCtrl++" and "+" name the plus key itself.
  const plus = accelerator.endsWith('+');
  const key = plus ? 'Plus' : (parts.at(-1) ?? '');
  const modifiers = parts.slice(0, plus ? -2 : -1).map((part) => part.toLowerCase());
  return { modifiers: modifiers.filter((part) => part !== ''), key };
}

/** Whether a shortcut would also type something: no modifier, or Shift alone. */
export function isPlainKey(accelerator: string): boolean {
  const { modifiers, key } = acceleratorParts(accelerator);
  if (/^F\d{1,2}$/.test(key)) return false;
  return !modifiers.some((modifier) => MODIFIERS.has(modifier));
}
