/** Plane numbers as a person writes them: "1, 4-9, 12". */
export function planeRanges(planes: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const plane of [...new Set(planes)].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && plane === range.last + 1) range.last = plane;
    else ranges.push({ first: plane, last: plane });
  }
  return ranges
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
    .join(', ');
}
