import type { Plane } from '#core/image/Plane';
import { foregroundValues, noScaleError } from './foregroundValues';
import type { Normalisation } from './Normalisation';
import { quantile, selectSmallest } from '#core/util/quantile';

/** Place of the scale among the sorted foreground values. */
const FOREGROUND_FRACTION = 0.99;

/**
 * Normalisation as the Deep-Z plugin 2.0.0 computes it: the offset is the median of all values; the
 * scale is the value at place floor(0.99 n) of the n sorted foreground values, with no background
 * subtracted. Without any foreground all values take its place, and the note says so.
 *
 * @param edf all-in-focus image of the stack, or the single input image
 * @param threshold values above it are foreground (the plugin: triangle method), in grey levels
 * @throws AxialError ImpossibleRequestError when values are not finite or the scale is not positive
 */
export function pluginNormalisation(edf: Plane, threshold: number): Normalisation {
  const { foreground } = foregroundValues(edf.data, threshold);
  const values = foreground.length > 0 ? foreground : edf.data.slice();
  const offset = quantile(edf.data.slice(), 0.5);
  const scale = selectSmallest(values, Math.floor(FOREGROUND_FRACTION * values.length));
  if (!(scale > 0)) throw noScaleError(scale);
  return {
    method: 'plugin',
    offset,
    scale,
    threshold,
    foregroundFraction: foreground.length / edf.data.length,
    note:
      foreground.length > 0
        ? null
        : 'No foreground was found; the scale is the 99th percentile of all values.',
  };
}
