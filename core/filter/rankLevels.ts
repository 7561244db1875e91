/** The samples of a plane as numbers of their grey level. */
export interface RankedSamples {
  /** Level of each sample, row-major; -1 for NaN. */
  readonly ranks: Int32Array;
  /** Value of each level, rising. */
  readonly values: Float32Array;
}

const INTEGER_LEVELS = 65536;

/** Numbers the grey levels of a plane. Whole numbers up to 65535 are their own numbers. */
export function rankLevels(data: Float32Array): RankedSamples {
  return integerRanks(data) ?? sortedRanks(data);
}

function integerRanks(data: Float32Array): RankedSamples | null {
  const ranks = new Int32Array(data.length);
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (!(value >= 0 && value < INTEGER_LEVELS) || Math.trunc(value) !== value) return null;
    ranks[i] = value;
    if (value > largest) largest = value;
  }
  return { ranks, values: Float32Array.from(new Uint32Array(largest + 1).keys()) };
}

function sortedRanks(data: Float32Array): RankedSamples {
  // Sorting puts NaN last.
  const sorted = data.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i];
    if (Number.isNaN(value)) break;
    if (count === 0 || value !== sorted[count - 1]) sorted[count++] = value;
  }
  const values = sorted.subarray(0, count);
  return { ranks: Int32Array.from(data, (value) => levelOf(values, value)), values };
}

function levelOf(values: Float32Array, value: number): number {
  if (Number.isNaN(value)) return -1;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
