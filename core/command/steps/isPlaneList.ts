import type { MacroValue } from '#core/image/History';

/** Whether a value names planes by number, perhaps none. */
export function isPlaneList(value: MacroValue | undefined): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}
