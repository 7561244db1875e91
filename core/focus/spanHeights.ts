/** Weight of a height that counts fully, against a bend of one plane per sample. */
const FULL_WEIGHT = 4000;
/** Weight of a height that does not count: it holds the surface only where nothing else does for 15 samples. */
const LEAST_WEIGHT = 4e-3;
const SWEEPS = 40;
const OVER_RELAXATION = 1.8;

/**
 * Spans a surface like a membrane between the heights that count: minimises
 * sum w (H - h)^2 + sum |grad H|^2 by red-black over-relaxation, starting from the heights themselves.
 *
 * @param heights row-major (y, x) heights; changed in place
 * @param trust 0 to 1 for each height
 * @param width number of columns
 */
export function spanHeights(heights: Float32Array, trust: Float32Array, width: number): void {
  const rows = heights.length / width;
  const pulls = new Float32Array(heights.length);
  const shares = new Float32Array(heights.length);
  for (let y = 0, i = 0; y < rows; y++) {
    const beside = (y > 0 ? 1 : 0) + (y < rows - 1 ? 1 : 0);
    for (let x = 0; x < width; x++, i++) {
      const neighbours = beside + (x > 0 ? 1 : 0) + (x < width - 1 ? 1 : 0);
      const squared = trust[i] * trust[i];
      // Half the trust weighs sixteen times less: halos are dim, but have some detail of their own.
      const weight = LEAST_WEIGHT + FULL_WEIGHT * squared * squared;
      shares[i] = OVER_RELAXATION / (weight + neighbours);
      pulls[i] = weight * heights[i];
    }
  }
  const lines = { pulls, shares, width };
  const sweeps = 2 * SWEEPS;
  // Every sweep follows one row behind the one before it, while those rows are in the processor's cache.
  for (let front = 0; front < rows + sweeps - 1; front++) {
    const last = Math.min(front, sweeps - 1);
    for (let sweep = Math.max(0, front - rows + 1); sweep <= last; sweep++) {
      const y = front - sweep;
      const above = y > 0 ? -width : 0;
      const below = y < rows - 1 ? width : 0;
      relaxRow(heights, lines, y * width, (y + sweep) & 1, above, below);
    }
  }
}

interface Lines {
  /** Weight times given height. */
  readonly pulls: Float32Array;
  /** Over-relaxation over the sum of all weights. */
  readonly shares: Float32Array;
  readonly width: number;
}

/** Relaxes every second height of the row from `row` on; a missing row has the offset 0 and does not count. */
function relaxRow(
  heights: Float32Array,
  { pulls, shares, width }: Lines,
  row: number,
  first: number,
  above: number,
  below: number,
): void {
  const isInner = above !== 0 && below !== 0;
  const relax = (i: number, hasLeft: boolean, hasRight: boolean): void => {
    let sum = pulls[i];
    if (hasLeft) sum += heights[i - 1];
    if (hasRight) sum += heights[i + 1];
    if (above !== 0) sum += heights[i + above];
    if (below !== 0) sum += heights[i + below];
    heights[i] = (1 - OVER_RELAXATION) * heights[i] + shares[i] * sum;
  };
  const last = width - 1;
  if (!isInner) {
    for (let x = first; x < width; x += 2) relax(row + x, x > 0, x < last);
    return;
  }
  if (first === 0) relax(row, false, last > 0);
  const end = row + last;
  for (let i = row + (first === 0 ? 2 : 1); i < end; i += 2) {
    const sum =
      pulls[i] + heights[i - 1] + heights[i + 1] + heights[i + above] + heights[i + below];
    heights[i] += shares[i] * sum - OVER_RELAXATION * heights[i];
  }
  if (last > 0 && (last & 1) === first) relax(row + last, true, false);
}
