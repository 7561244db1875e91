/**
 * Compares names as people sort them: runs of digits by their value, everything else by its letters
 * without regard to case, so that "plane2" comes before "plane10".
 *
 * @returns negative when `a` comes first, positive when `b` does, 0 when they are the same
 */
export function naturalOrder(a: string, b: string): number {
  const left = a.toLowerCase().match(/\d+|\D+/gu) ?? [];
  const right = b.toLowerCase().match(/\d+|\D+/gu) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = comparePart(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  if (left.length !== right.length) return left.length - right.length;
  // "plane01" and "plane1", or names that differ in case: any fixed order will do.
  return a < b ? -1 : Number(a > b);
}

function comparePart(a: string, b: string): number {
  if (!/^\d/u.test(a) || !/^\d/u.test(b)) return a < b ? -1 : Number(a > b);
  // As text without leading zeros: numbers in names may be longer than a number can hold.
  const left = a.replace(/^0+(?=\d)/u, '');
  const right = b.replace(/^0+(?=\d)/u, '');
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : Number(left > right);
}
