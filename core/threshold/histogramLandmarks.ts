/** First and last bin that counts anything, and the first highest one. */
export interface HistogramLandmarks {
  readonly first: number;
  readonly last: number;
  readonly peak: number;
}

/**
 * Where a histogram starts, ends and has its peak.
 *
 * @throws RangeError when nothing was counted
 */
export function histogramLandmarks(counts: Float64Array): HistogramLandmarks {
  let first = -1;
  let last = -1;
  let peak = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] === 0) continue;
    if (first < 0) first = bin;
    last = bin;
    if (counts[bin] > counts[peak]) peak = bin;
  }
  if (first < 0) throw new RangeError('A histogram without counts has no threshold.');
  return { first, last, peak };
}
