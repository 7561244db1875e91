import { histogramLandmarks } from './histogramLandmarks';

/**
 * The triangle method of ImageJ and Fiji on a histogram: a line from the foot of the longer tail to the
 * peak; the bin that lies farthest below it separates background from foreground. The foot is the
 * empty bin beside the tail, and the answer the bin before the farthest one.
 *
 * @param counts bin counts, at least one above 0
 * @returns the last bin of the background
 * @see Zack G. W., Rogers W. E., Latt S. A., Journal of Histochemistry and Cytochemistry 25, 1977,
 * doi:10.1177/25.7.70454
 */
export function triangleBin(counts: Float64Array): number {
  const { first, last, peak } = histogramLandmarks(counts);
  if (first === last || isTwoLevel(counts, first, last)) return first;
  const left = Math.max(0, first - 1);
  const right = Math.min(counts.length - 1, last + 1);
  if (left === peak && right === peak) return left;
  const reversed = peak - left < right - peak;
  const foot = reversed ? right : left;
  const step = reversed ? -1 : 1;
  const length = Math.abs(peak - foot);
  const norm = Math.sqrt(counts[peak] ** 2 + length ** 2);
  const alongBins = counts[peak] / norm;
  const alongCounts = -length / norm;
  // Bins are numbered as ImageJ does after it has reversed the histogram, so that sums round alike.
  const footNumber = reversed ? counts.length - 1 - foot : foot;
  const atFoot = alongBins * footNumber + alongCounts * counts[foot];
  let farthest = 0;
  let largest = 0;
  for (let offset = 1; offset <= length; offset++) {
    const height = counts[foot + step * offset];
    const distance = alongBins * (footNumber + offset) + alongCounts * height - atFoot;
    if (distance > largest) {
      largest = distance;
      farthest = offset;
    }
  }
  return Math.min(counts.length - 1, Math.max(0, foot + step * (farthest - 1)));
}

function isTwoLevel(counts: Float64Array, first: number, last: number): boolean {
  for (let bin = first + 1; bin < last; bin++) if (counts[bin] > 0) return false;
  return true;
}
