import type { Plane } from '#core/image/Plane';
import { autoThreshold } from './autoThreshold';
import { countAbove } from './countAbove';
import { planeHistogram } from './planeHistogram';
import type { ThresholdVariant } from './ThresholdMethod';

/** Choices of the triangle threshold. */
export interface TriangleOptions {
  /** Whose rules to follow; on whole numbers each equals its original exactly. @default 'fiji' */
  readonly variant?: ThresholdVariant;
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
 * foreground.
 *
 * @param plane row-major (y, x) values
 * @throws AxialError ImpossibleRequestError when a value is NaN or infinite
 * @see Zack G. W., Rogers W. E., Latt S. A., Journal of Histochemistry and Cytochemistry 25, 1977,
 * doi:10.1177/25.7.70454
 */
export function triangleThreshold(plane: Plane, options: TriangleOptions = {}): ThresholdResult {
  const { variant = 'fiji' } = options;
  const { threshold, note } = autoThreshold(planeHistogram(plane), {
    method: 'triangle',
    variant,
  });
  const foregroundFraction = countAbove(plane.data, threshold) / plane.data.length;
  const empty = foregroundFraction === 0 ? 'No value lies above the threshold.' : null;
  return { threshold, foregroundFraction, note: note ?? empty };
}
