/** Discs of up to this many pixels are sorted; a histogram of tens of thousands of levels costs more. */
export const LARGEST_SORTED_DISC = 13;

/**
 * Sorts the levels at some offsets from a place.
 *
 * @param sorted receives them, rising; levels below 0 are passed over
 * @returns how many there are
 */
export function sortDisc(
  levels: Int32Array,
  at: number,
  offsets: Int32Array,
  sorted: Int32Array,
): number {
  let count = 0;
  for (let k = 0; k < offsets.length; k++) {
    const level = levels[at + offsets[k]];
    if (level < 0) continue;
    let place = count++;
    for (; place > 0 && sorted[place - 1] > level; place--) sorted[place] = sorted[place - 1];
    sorted[place] = level;
  }
  return count;
}
