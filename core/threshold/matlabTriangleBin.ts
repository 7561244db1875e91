import { histogramLandmarks } from './histogramLandmarks';

/** Bins with less than this share of the peak do not belong to a tail. */
const TAIL_SHARE = 1 / 10_000;

/**
 * The triangle method as Panneton wrote it for MATLAB (File Exchange 28047): tails end where counts
 * fall to a ten-thousandth of the peak, the distance from the line counts on both of its sides, and
 * equal distances are averaged. The answer, its level times the number of bins, is counted from 0; on
 * a left tail it lies two bins above the farthest one, as in the original.
 *
 * @param counts bin counts, at least one above 0
 * @returns the bin of the threshold, not always whole
 * @see Zack G. W., Rogers W. E., Latt S. A., Journal of Histochemistry and Cytochemistry 25, 1977,
 * doi:10.1177/25.7.70454
 */
export function matlabTriangleBin(counts: Float64Array): number {
  const { peak } = histogramLandmarks(counts);
  const least = counts[peak] * TAIL_SHARE;
  const first = counts.findIndex((count) => count > least);
  const last = counts.findLastIndex((count) => count > least);
  if (first === last) return first;
  const flipped = last - peak > peak - first;
  const foot = flipped ? last : first;
  const step = flipped ? -1 : 1;
  const farthest = farthestOffset(counts, foot, step, Math.abs(peak - foot));
  return flipped ? last - farthest : first + farthest + 2;
}

/** Bins from the foot to the bin farthest from the line between foot and peak; the mean of several. */
function farthestOffset(counts: Float64Array, foot: number, step: number, length: number): number {
  const slope = counts[foot + step * length] / length;
  let largest = -1;
  let sum = 0;
  let ties = 0;
  for (let offset = 0; offset <= length; offset++) {
    const count = counts[foot + step * offset];
    const onLine = (count + offset / slope) / (slope + 1 / slope);
    const distance = Math.sqrt((slope * onLine - count) ** 2 + (onLine - offset) ** 2);
    if (distance > largest) {
      largest = distance;
      sum = 0;
      ties = 0;
    }
    if (distance === largest) {
      sum += offset;
      ties += 1;
    }
  }
  return sum / ties;
}
