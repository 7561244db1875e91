/** Memberships closer than this to 0 or 1 count as certain and add nothing. */
const CERTAIN = 1e-6;

/** The bins that count anything. */
interface Occupied {
  readonly bins: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Huang's method on a histogram: the threshold at which the image is least fuzzy, measured by the
 * entropy of each pixel's membership in the group whose mean is on its side.
 *
 * @param counts bin counts, at least two above 0
 * @returns the last bin of the background
 * @see Huang L. K., Wang M. J. J., Pattern Recognition 28, 1995, doi:10.1016/0031-3203(94)E0043-K
 */
export function huangBin(counts: Float64Array): number {
  const occupied = occupiedBins(counts);
  const { bins } = occupied;
  const span = bins[bins.length - 1] - bins[0];
  const means = meansAround(occupied);
  let best = 0;
  let least = Infinity;
  // A split in a gap is as fuzzy as the one before the gap, and the last bin leaves no foreground.
  for (let i = 0; i < bins.length - 1; i++) {
    const fuzziness = fuzzinessAt(occupied, i, means, span, least);
    if (fuzziness < least) {
      least = fuzziness;
      best = bins[i];
    }
  }
  return best;
}

function occupiedBins(counts: Float64Array): Occupied {
  const bins = Float64Array.from(counts.keys()).filter((bin) => counts[bin] > 0);
  return { bins, counts: bins.map((bin) => counts[bin]) };
}

/** Means of the values up to each occupied bin, and of those above it. */
function meansAround({ bins, counts }: Occupied): {
  below: Float64Array;
  above: Float64Array;
} {
  const below = new Float64Array(bins.length);
  const above = new Float64Array(bins.length);
  let size = 0;
  let moment = 0;
  for (let i = 0; i < bins.length; i++) {
    size += counts[i];
    moment += bins[i] * counts[i];
    below[i] = moment / size;
  }
  size = 0;
  moment = 0;
  for (let i = bins.length - 1; i > 0; i--) {
    size += counts[i];
    moment += bins[i] * counts[i];
    above[i - 1] = moment / size;
  }
  return { below, above };
}

/** Entropy of the memberships when the background ends at occupied bin `split`; gives up past `limit`. */
function fuzzinessAt(
  { bins, counts }: Occupied,
  split: number,
  means: { readonly below: Float64Array; readonly above: Float64Array },
  span: number,
  limit: number,
): number {
  const term = 1 / span;
  let entropy = 0;
  for (let i = 0; i < bins.length; i++) {
    const mean = i <= split ? means.below[split] : means.above[split];
    const membership = 1 / (1 + term * Math.abs(bins[i] - mean));
    if (membership < CERTAIN || membership > 1 - CERTAIN) continue;
    const doubt = 1 - membership;
    entropy += counts[i] * (-membership * Math.log(membership) - doubt * Math.log(doubt));
    // Nothing that follows is negative.
    if (entropy > limit) return entropy;
  }
  return entropy;
}
