import type { PixelType } from '#core/image/PixelType';

/**
 * Bins for values that are not whole numbers: as 256 groups of 255 they are the equal classes of Fiji
 * and scikit-image, and shifted by half a group the rounded classes of ImageJ.
 */
export const FRACTION_BINS = 256 * 255;

/** Counts of values in bins of equal width. */
export interface Histogram {
  readonly counts: Float64Array<ArrayBuffer>;
  /** Lower edge of the first bin; for whole numbers the value that the first bin counts. */
  readonly start: number;
  /** Width of a bin in grey levels; 0 when all values are equal fractions. */
  readonly binWidth: number;
  /** True when each bin counts exactly one whole number; else there are `FRACTION_BINS` bins. */
  readonly integral: boolean;
  /** How many values were counted. */
  readonly total: number;
  /** Sum of the values. */
  readonly sum: number;
  /** What the values are stored as; ImageJ has rules for each. */
  readonly pixelType: PixelType;
}
