import { AxialError } from '#core/util/errors';

/** A plane's values split at a threshold. */
export interface ForegroundSplit {
  /** Values above the threshold, in image order. */
  readonly foreground: Float32Array<ArrayBuffer>;
  readonly backgroundCount: number;
  /** Mean of the values at or below the threshold; not a number when there are none. */
  readonly backgroundMean: number;
}

/**
 * Splits values at a threshold.
 *
 * @throws AxialError ImpossibleRequestError when a value or the threshold is NaN or infinite
 */
export function foregroundValues(data: Float32Array, threshold: number): ForegroundSplit {
  const foreground = new Float32Array(data.length);
  let count = 0;
  let sum = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value > threshold) foreground[count++] = value;
    else sum += value;
    if (value - value !== 0) throw notFiniteError();
  }
  if (!Number.isFinite(threshold)) throw notFiniteError();
  const backgroundCount = data.length - count;
  return {
    foreground: foreground.slice(0, count),
    backgroundCount,
    backgroundMean: sum / backgroundCount,
  };
}

function notFiniteError(): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    'The image holds values that are not finite numbers, so it cannot be normalised.',
    'Replace NaN and infinite values first.',
  );
}

/** The failure of an image from which no positive scale follows. */
export function noScaleError(scale: number): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    'The image has no foreground that is brighter than its background, so it cannot be normalised.',
    'Choose an image that shows a specimen.',
    { details: { scale } },
  );
}
