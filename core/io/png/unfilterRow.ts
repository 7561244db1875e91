/** The neighbour that lies nearest to left + above - corner (PNG specification, third edition, 9.4). */
function paeth(left: number, above: number, corner: number): number {
  const fromLeft = Math.abs(above - corner);
  const fromAbove = Math.abs(left - corner);
  const fromCorner = Math.abs(left + above - 2 * corner);
  if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
  return fromAbove <= fromCorner ? above : corner;
}

/**
 * Undoes the filter of one row of a PNG in place (PNG specification, third edition, 9.2).
 *
 * @param filter 0 none, 1 left, 2 above, 3 mean of both, 4 Paeth
 * @param row bytes of the row, without the filter byte
 * @param above the row before, undone; zeros before the first
 * @param step bytes of one pixel
 * @returns whether there is such a filter
 */
export function unfilterRow(
  filter: number,
  row: Uint8Array,
  above: Uint8Array,
  step: number,
): boolean {
  const count = row.length;
  switch (filter) {
    case 0:
      return true;
    case 1:
      for (let i = step; i < count; i++) row[i] += row[i - step];
      return true;
    case 2:
      for (let i = 0; i < count; i++) row[i] += above[i];
      return true;
    case 3:
      for (let i = 0; i < count; i++) {
        row[i] += ((i < step ? 0 : row[i - step]) + above[i]) >> 1;
      }
      return true;
    case 4:
      for (let i = 0; i < count; i++) {
        row[i] += i < step ? above[i] : paeth(row[i - step], above[i], above[i - step]);
      }
      return true;
    default:
      return false;
  }
}
