/**
 * Which frequencies of a real plane are kept, and in which order: for fx = 0, 1, … first the
 * fy = 0, 1, … that are kept, then the negative ones in rising order. Frequencies are counted in
 * periods per field. The half with negative fx is the complex conjugate and is not kept.
 */
export interface SpectrumLayout {
  /** Samples of the plane; both even, without prime factors above 5. */
  readonly width: number;
  readonly height: number;
  /** Kept frequencies fy >= 0 of each fx. */
  readonly positive: Int32Array<ArrayBuffer>;
  /** Kept frequencies fy < 0 of each fx. */
  readonly negative: Int32Array<ArrayBuffer>;
  /** How many frequencies are kept before each fx. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** Number of kept frequencies. */
  readonly length: number;
}

/**
 * Keeps the frequencies within a disc: beyond the band limit of the optics there is nothing to keep.
 *
 * @param size samples of the plane
 * @param fieldUm sides (x, y) of the plane in micrometres
 * @param cutoff largest frequency that is kept, in periods per micrometre; Infinity keeps all
 */
export function spectrumLayout(
  size: { readonly width: number; readonly height: number },
  fieldUm: readonly [number, number],
  cutoff: number,
): SpectrumLayout {
  const { width, height } = size;
  const rows = Math.min(width / 2, Math.floor(cutoff * fieldUm[0])) + 1;
  const positive = new Int32Array(rows);
  const negative = new Int32Array(rows);
  const starts = new Int32Array(rows);
  let length = 0;
  for (let fx = 0; fx < rows; fx++) {
    const square = cutoff ** 2 - (fx / fieldUm[0]) ** 2;
    const reach = Math.floor(fieldUm[1] * Math.sqrt(Math.max(0, square)));
    positive[fx] = Math.min(reach, height / 2) + 1;
    negative[fx] = Math.min(reach, height / 2 - 1);
    starts[fx] = length;
    length += positive[fx]! + negative[fx]!;
  }
  return { width, height, positive, negative, starts, length };
}

/** Calls `visit` with place and signed frequencies of every kept frequency in [from, to), in order. */
export function eachFrequency(
  layout: SpectrumLayout,
  from: number,
  to: number,
  visit: (at: number, fx: number, fy: number) => void,
): void {
  const { positive, negative, starts } = layout;
  for (let fx = rowOf(starts, from); fx < starts.length && starts[fx]! < to; fx++) {
    const start = starts[fx]!;
    const count = positive[fx]! + negative[fx]!;
    for (let i = Math.max(start, from); i < Math.min(start + count, to); i++) {
      const fy = i - start;
      visit(i, fx, fy < positive[fx]! ? fy : fy - count);
    }
  }
}

/** The row that holds a place, by halving. */
function rowOf(starts: Int32Array, place: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= place) low = middle;
    else high = middle;
  }
  return low;
}
