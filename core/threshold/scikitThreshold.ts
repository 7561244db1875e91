import { equalClasses } from './equalClasses';
import type { Histogram } from './Histogram';
import { scikitLi } from './scikitLi';
import { scikitOtsuBin } from './scikitOtsuBin';
import { scikitTriangleBin } from './scikitTriangleBin';
import { scikitYenBin } from './scikitYenBin';
import type { ThresholdMethod } from './ThresholdMethod';

/** scikit-image stops at half the smallest step between values; here steps are a fine bin at most. */
const LI_TOLERANCE_BINS = 0.5;

/**
 * Threshold by the rules of scikit-image 0.26: a class for each whole number, or 256 equal classes of
 * fractions, of which the centre is named. Li's method looks at fractions in fine bins instead of one
 * by one, and mean needs no classes.
 *
 * @param histogram at least two different values
 * @throws RangeError for methods that scikit-image does not have
 */
export function scikitThreshold(histogram: Histogram, method: ThresholdMethod): number {
  const { counts, start, binWidth, integral, total, sum } = histogram;
  if (method === 'mean') return sum / total;
  const middle = integral ? 0 : 0.5;
  if (method === 'li') {
    const mean = (sum / total - start) / binWidth - middle;
    return start + (scikitLi(counts, mean, LI_TOLERANCE_BINS) + middle) * binWidth;
  }
  const classes = integral ? counts : equalClasses(counts);
  const width = (binWidth * counts.length) / classes.length;
  const bin = classBin(classes, start / width + middle, method);
  return start + (bin + middle) * width;
}

function classBin(classes: Float64Array, firstValue: number, method: ThresholdMethod): number {
  switch (method) {
    case 'triangle':
      return scikitTriangleBin(classes);
    case 'otsu':
      return scikitOtsuBin(classes, firstValue);
    case 'yen':
      return scikitYenBin(classes);
    default:
      throw new RangeError(`scikit-image has no method ${method}.`);
  }
}
