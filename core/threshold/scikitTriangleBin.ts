import { histogramLandmarks } from './histogramLandmarks';

/**
 * The triangle method of scikit-image on a histogram: the foot is the outermost bin that counts
 * anything, and the farthest bin itself is the answer.
 *
 * @param counts bin counts, at least one above 0
 * @returns the last bin of the background
 * @see Zack G. W., Rogers W. E., Latt S. A., Journal of Histochemistry and Cytochemistry 25, 1977,
 * doi:10.1177/25.7.70454
 */
export function scikitTriangleBin(counts: Float64Array): number {
  const { first, last, peak } = histogramLandmarks(counts);
  if (first === last) return first;
  const reversed = peak - first < last - peak;
  const foot = reversed ? last : first;
  const step = reversed ? -1 : 1;
  const length = Math.abs(peak - foot);
  const norm = Math.sqrt(counts[peak] ** 2 + length ** 2);
  const peakHeight = counts[peak] / norm;
  const width = length / norm;
  let farthest = 0;
  let largest = -Infinity;
  for (let offset = 0; offset < length; offset++) {
    const distance = peakHeight * offset - width * counts[foot + step * offset];
    if (distance > largest) {
      largest = distance;
      farthest = offset;
    }
  }
  return foot + step * farthest;
}
