/** Bins of each of the two passes: the upper and the lower half of a 32-bit word. */
const BINS = 2 ** 16;

/**
 * The value at a rank among all values, counted from 0 in rising order, without sorting: floats of 0 and
 * above are in the order of their bit patterns, so two histograms of half a word find it exactly.
 * Values below 0 count as 0.
 *
 * @param arrays at least one value together
 * @param rank 0 to the number of values less 1
 */
export function orderStatistic(arrays: readonly Float32Array[], rank: number): number {
  const upper = new Float64Array(BINS);
  eachWord(arrays, (word) => upper[word >>> 16]!++);
  const high = binOf(upper, rank);
  const lower = new Float64Array(BINS);
  eachWord(arrays, (word) => {
    if (word >>> 16 === high.bin) lower[word & (BINS - 1)]!++;
  });
  const low = binOf(lower, rank - high.before);
  const word = Uint32Array.of(((high.bin << 16) | low.bin) >>> 0);
  return new Float32Array(word.buffer)[0]!;
}

function eachWord(arrays: readonly Float32Array[], visit: (word: number) => void): void {
  for (const array of arrays) {
    const words = new Int32Array(array.buffer, array.byteOffset, array.length);
    // A set sign bit makes the word negative: the value is below 0.
    for (let i = 0; i < words.length; i++) visit(Math.max(0, words[i]!));
  }
}

function binOf(counts: Float64Array, rank: number): { bin: number; before: number } {
  let before = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    if (before + counts[bin]! > rank) return { bin, before };
    before += counts[bin]!;
  }
  throw new RangeError(`There is no value of rank ${rank}.`);
}
