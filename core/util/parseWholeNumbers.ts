/** More numbers than this are no list that anybody meant. */
const MOST = 1e6;

/**
 * Reads a list of whole numbers from 0 as people write it: "4, 20, 36", "0-40" with both ends, or both mixed.
 *
 * @returns the numbers in the order given, or `null` when the text is no such list or names over a million
 */
export function parseWholeNumbers(text: string): number[] | null {
  const spans = text
    .replace(/\s*-\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(spanOf);
  if (spans.length === 0 || !spans.every((span) => span !== null)) return null;
  if (spans.reduce((sum, { count }) => sum + count, 0) > MOST) return null;
  return spans.flatMap(({ from, count }) => Array.from({ length: count }, (_, i) => from + i));
}

function spanOf(part: string): { from: number; count: number } | null {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
  const count = Number(to) - Number(from) + 1;
  return count >= 1 ? { from: Number(from), count } : null;
}
