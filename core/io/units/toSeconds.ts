/** A factor kept as a fraction, so that 100 ms becomes exactly 0.1. */
type Factor = readonly [multiply: number, divide: number];

const SECONDS_PER_UNIT: ReadonlyMap<string, Factor> = new Map<string, Factor>([
  ['ps', [1, 1e12]],
  ['ns', [1, 1e9]],
  ['us', [1, 1e6]],
  ['ms', [1, 1e3]],
  ['msec', [1, 1e3]],
  ['cs', [1, 100]],
  ['ds', [1, 10]],
  ['s', [1, 1]],
  ['sec', [1, 1]],
  ['second', [1, 1]],
  ['seconds', [1, 1]],
  ['min', [60, 1]],
  ['minute', [60, 1]],
  ['minutes', [60, 1]],
  ['h', [3600, 1]],
  ['hour', [3600, 1]],
  ['hours', [3600, 1]],
  ['d', [86400, 1]],
  ['day', [86400, 1]],
  ['days', [86400, 1]],
]);

/**
 * A duration in seconds.
 *
 * @param value the duration in `unit`
 * @param unit as files spell it: "ms", "µs", "s", "sec", "min", "h", …
 * @returns `null` where the unit is unknown or the value is not a finite number
 */
export function toSeconds(value: number, unit: string): number | null {
  const key = unit.trim().replace(/^(?:\u00c2\u00b5|\u00b5|\u03bc|\u00ce\u00bc)(?=s)/u, 'u');
  const factor = SECONDS_PER_UNIT.get(key);
  if (!factor || !Number.isFinite(value)) return null;
  return (value * factor[0]) / factor[1];
}
