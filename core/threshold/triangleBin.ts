/** Which program's rules the triangle method follows. */
export type TriangleVariant = 'imagej' | 'scikit-image';

/** First and last bin that counts anything, and the first highest one. */
interface Landmarks {
  readonly first: number;
  readonly last: number;
  readonly peak: number;
}

/**
 * The triangle method on a histogram: a line from the foot of the longer tail to the peak; the bin
 * that lies farthest below it separates background from foreground. The variants differ in where the
 * foot stands: ImageJ takes the empty bin beside the tail, and the bin before the farthest one.
 *
 * @param counts bin counts, at least one above 0
 * @returns the bin of the threshold
 * @see Zack G. W., Rogers W. E., Latt S. A., Journal of Histochemistry and Cytochemistry 25, 1977,
 * doi:10.1177/25.7.70454
 */
export function triangleBin(counts: Float64Array, variant: TriangleVariant): number {
  const marks = findLandmarks(counts);
  if (variant === 'scikit-image') return scikitImageBin(counts, marks);
  return imagejBin(counts, marks);
}

function findLandmarks(counts: Float64Array): Landmarks {
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

function imagejBin(counts: Float64Array, { first, last, peak }: Landmarks): number {
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

function scikitImageBin(counts: Float64Array, { first, last, peak }: Landmarks): number {
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
