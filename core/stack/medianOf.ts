/**
 * Median of the first `count` values, which are reordered; of an even number the mean of the two in
 * the middle. Few values are sorted; of many the middle is selected as in Hoare 1961,
 * doi:10.1145/366622.366647.
 *
 * @param values without NaN
 * @returns NaN when `count` is 0
 */
export function medianOf(values: Float32Array, count: number): number {
  if (count === 0) return Number.NaN;
  const middle = count >> 1;
  if (count <= LARGEST_SORTED) sortFirst(values, count);
  else select(values, count, middle);
  const upper = values[middle];
  if (count % 2 === 1) return upper;
  // Everything before the middle is at most as large: the largest of it is the other one.
  let lower = values[0];
  for (let i = 1; i < middle; i++) if (values[i] > lower) lower = values[i];
  return lower === upper ? upper : (lower + upper) / 2;
}

/** Up to here moving neighbours costs less than the guesses of a selection that fail. */
const LARGEST_SORTED = 64;

function sortFirst(values: Float32Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const value = values[i];
    let place = i;
    for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}

/** Brings the value of rank `rank` to its place, smaller ones before it. */
function select(values: Float32Array, count: number, rank: number): void {
  let left = 0;
  let right = count - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1];
    let low = left;
    let high = right;
    while (low <= high) {
      while (values[low] < pivot) low++;
      while (values[high] > pivot) high--;
      if (low > high) break;
      const swapped = values[low];
      values[low++] = values[high];
      values[high--] = swapped;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
}
