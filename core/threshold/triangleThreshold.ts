import type { Plane } from '#core/image/Plane';
import { planeHistogram } from './planeHistogram';
import { triangleBin, type TriangleVariant } from './triangleBin';

/** Choices of the triangle threshold. */
export interface TriangleOptions {
  /** Whose rules to follow; on whole numbers each equals its original exactly. @default 'imagej' */
  readonly variant?: TriangleVariant;
  /** Number of bins for values that are not whole numbers. @default 256 */
  readonly binCount?: number;
}

/** A threshold and what it separates; foreground is every value above it. */
export interface ThresholdResult {
  /** In grey levels of the plane. */
  readonly threshold: number;
  /** Pixels above the threshold, divided by all pixels. */
  readonly foregroundFraction: number;
  /** What the user should know, or `null`. */
  readonly note: string | null;
}

/**
 * Threshold of a plane by the triangle method. A constant plane gives its value, so nothing is
 * foreground; of two values the lower one (ImageJ's rules).
 *
 * @param plane row-major (y, x) values
 * @throws AxialError ImpossibleRequestError when a value is NaN or infinite
 * @see Zack G. W., Rogers W. E., Latt S. A., Journal of Histochemistry and Cytochemistry 25, 1977,
 * doi:10.1177/25.7.70454
 */
export function triangleThreshold(plane: Plane, options: TriangleOptions = {}): ThresholdResult {
  const { variant = 'imagej', binCount = 256 } = options;
  const { counts, start, binWidth, integral } = planeHistogram(plane, binCount);
  if (binWidth === 0 || counts.length === 1) {
    return { threshold: start, foregroundFraction: 0, note: 'All values are equal.' };
  }
  const bin = triangleBin(counts, variant);
  // ImageJ counts the whole bin of the threshold as background; scikit-image names the bin's centre.
  const within = integral ? 0 : variant === 'imagej' ? 1 : 0.5;
  const threshold = start + (bin + within) * binWidth;
  const foregroundFraction = fractionAbove(plane.data, threshold);
  const note = foregroundFraction === 0 ? 'No value lies above the threshold.' : null;
  return { threshold, foregroundFraction, note };
}

function fractionAbove(data: Float32Array, threshold: number): number {
  let above = 0;
  for (let i = 0; i < data.length; i++) if (data[i] > threshold) above += 1;
  return above / data.length;
}
