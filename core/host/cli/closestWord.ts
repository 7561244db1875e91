const MOST_EDITS = 2;

/**
 * The candidate that a mistyped word was probably meant to be: the one that takes the fewest
 * inserted, deleted, replaced or swapped letters (at most two, and fewer than half the word), or
 * the only one that starts with the word; `null` when there is none.
 */
export function closestWord(word: string, candidates: readonly string[]): string | null {
  const most = Math.min(MOST_EDITS, Math.ceil(word.length / 2) - 1);
  let best: { candidate: string; edits: number } | null = null;
  for (const candidate of candidates) {
    const edits = editDistance(word, candidate);
    if (edits <= most && (best === null || edits < best.edits)) best = { candidate, edits };
  }
  if (best) return best.candidate;
  const longer = candidates.filter((candidate) => candidate.startsWith(word));
  return longer.length === 1 ? longer[0] : null;
}

/** Optimal string alignment: the fewest edits, a swap of neighbours counting as one. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(
        rows[i - 1][j] + 1,
        row[j - 1] + 1,
        rows[i - 1][j - 1] + (same ? 0 : 1),
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? rows[i - 2][j - 2] + 1
          : Infinity,
      );
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
