/** Sums in another order differ by less, as a share. */
const ROUNDING = 1e-9;

/**
 * Huang's method on a histogram as Fiji's Auto Threshold computes it: as `huangBin`, but the means of
 * both groups are rounded to whole bins, so that the doubt in a pixel depends on a whole distance. The
 * split after the last bin takes part.
 *
 * The doubt in a pixel is a concave function of its distance from the mean. Between two bins the sum is
 * therefore at least what the straight line between them gives, which number and mean of the pixels
 * there are enough for. Only splits whose bound does not exceed the best sum are summed bin by bin, so
 * that tens of thousands of levels cost a fraction of a second.
 *
 * @param counts bin counts, the first and the last above 0, at least two bins
 * @returns the last bin of the background
 * @see Huang L. K., Wang M. J. J., Pattern Recognition 28, 1995, doi:10.1016/0031-3203(94)E0043-K
 */
export function fijiHuangBin(counts: Float64Array): number {
  const table = tableOf(counts);
  // A split in a gap is as fuzzy as the one before the gap, which comes first.
  const splits = Uint32Array.from(counts.keys()).filter((bin) => counts[bin] > 0);
  const bounds = Float64Array.from(splits, (split) => lowerBound(table, split));
  const lowest = bounds.reduce((a, b) => Math.min(a, b));
  let best = splits[bounds.indexOf(lowest)];
  let least = Infinity;
  const enough = fuzziness(table, best) * (1 + ROUNDING);
  for (let i = 0; i < splits.length; i++) {
    if (bounds[i] > enough) continue;
    const sum = fuzziness(table, splits[i]);
    if (sum < least) {
      least = sum;
      best = splits[i];
    }
  }
  return best;
}

interface Table {
  readonly counts: Float64Array;
  /** Number of pixels below each bin, one more than bins. */
  readonly sizes: Float64Array;
  /** Sum of their bins. */
  readonly moments: Float64Array;
  /** Entropy of the membership of a pixel by its distance from the mean of its group, in bins. */
  readonly doubts: Float64Array;
}

function tableOf(counts: Float64Array): Table {
  const sizes = new Float64Array(counts.length + 1);
  const moments = new Float64Array(counts.length + 1);
  const doubts = new Float64Array(counts.length);
  for (let bin = 0; bin < counts.length; bin++) {
    sizes[bin + 1] = sizes[bin] + counts[bin];
    moments[bin + 1] = moments[bin] + bin * counts[bin];
    const membership = 1 / (1 + bin / (counts.length - 1));
    const rest = 1 - membership;
    if (bin > 0) doubts[bin] = -membership * Math.log(membership) - rest * Math.log(rest);
  }
  return { counts, sizes, moments, doubts };
}

/** Mean of the pixels from bin `from` to the one before bin `to`, rounded to a bin. */
function meanBin({ sizes, moments }: Table, from: number, to: number): number {
  return Math.round((moments[to] - moments[from]) / (sizes[to] - sizes[from]));
}

/** Fuzziness when the background ends at bin `split`. */
function fuzziness(table: Table, split: number): number {
  const { counts, doubts } = table;
  const below = meanBin(table, 0, split + 1);
  let sum = 0;
  for (let bin = 0; bin <= split; bin++) sum += doubts[Math.abs(bin - below)] * counts[bin];
  if (split === counts.length - 1) return sum;
  const above = meanBin(table, split + 1, counts.length);
  for (let bin = split + 1; bin < counts.length; bin++) {
    sum += doubts[Math.abs(bin - above)] * counts[bin];
  }
  return sum;
}

/** What the fuzziness is at least. */
function lowerBound(table: Table, split: number): number {
  const last = table.counts.length - 1;
  const background = groupBound(table, 0, split);
  return split === last ? background : background + groupBound(table, split + 1, last);
}

function groupBound(table: Table, first: number, last: number): number {
  const mean = meanBin(table, first, last + 1);
  return sideBound(table, mean, last, 1) + sideBound(table, mean, first, -1);
}

/** Bound of one side of a group, in pieces that grow with the distance, since the curve is steep near 0. */
function sideBound(
  { sizes, moments, doubts }: Table,
  mean: number,
  end: number,
  step: 1 | -1,
): number {
  const reach = (end - mean) * step;
  let bound = 0;
  for (let near = 1; near <= reach;) {
    const far = Math.min(reach, near + (near >> 3));
    const low = mean + step * (step > 0 ? near : far);
    const size = sizes[low + far - near + 1] - sizes[low];
    const moment = moments[low + far - near + 1] - moments[low];
    // Sum of the distances from the nearest bin of the piece.
    const beyond = step * (moment - mean * size) - near * size;
    const slope = far > near ? (doubts[far] - doubts[near]) / (far - near) : 0;
    bound += doubts[near] * size + slope * beyond;
    near = far + 1;
  }
  return bound;
}
