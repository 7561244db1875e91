/** The heights above and below one, by number, and how far it lies from the lower to the upper. */
export interface Neighbours {
  readonly lower: number;
  readonly upper: number;
  readonly share: number;
}

/**
 * Between which of some heights another one lies; beyond them, the last counts for both.
 *
 * @param zUm heights in any order
 */
export function neighboursOf(zUm: readonly number[], atUm: number): Neighbours {
  const order = zUm.map((_, i) => i).sort((a, b) => zUm[a]! - zUm[b]!);
  const upper = order.find((i) => zUm[i]! >= atUm) ?? order.at(-1)!;
  const lower = order.findLast((i) => zUm[i]! <= atUm) ?? order[0]!;
  const gap = zUm[upper]! - zUm[lower]!;
  return { lower, upper, share: gap > 0 ? (atUm - zUm[lower]!) / gap : 0 };
}
