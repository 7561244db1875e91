/** Methods that find one threshold for an image. */
export const THRESHOLD_METHODS = [
  'triangle',
  'otsu',
  'li',
  'huang',
  'yen',
  'mean',
  'percentile',
] as const;

/** One of `THRESHOLD_METHODS`. */
export type ThresholdMethod = (typeof THRESHOLD_METHODS)[number];

/**
 * Whose rules a method follows. fiji: Auto Threshold of Fiji, one class for each grey level from the
 * lowest to the highest. imagej: the Threshold window of ImageJ 1.54, 256 classes. scikit-image: its
 * filters. matlab: the triangle function of Panneton that users of MATLAB take.
 */
export const THRESHOLD_VARIANTS = ['fiji', 'imagej', 'scikit-image', 'matlab'] as const;

/** One of `THRESHOLD_VARIANTS`. */
export type ThresholdVariant = (typeof THRESHOLD_VARIANTS)[number];

/** The methods that each variant's original has. */
export const METHODS_OF_VARIANT: {
  readonly [variant in ThresholdVariant]: readonly ThresholdMethod[];
} = {
  fiji: THRESHOLD_METHODS,
  imagej: THRESHOLD_METHODS,
  'scikit-image': ['triangle', 'otsu', 'li', 'yen', 'mean'],
  matlab: ['triangle'],
};
