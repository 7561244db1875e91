import type { Plane } from '#core/image/Plane';
import { foregroundValues, noScaleError } from './foregroundValues';
import type { Normalisation } from './Normalisation';
import { quantile } from '#core/util/quantile';

/** Fraction of the foreground that stays at or below 1. */
const FOREGROUND_FRACTION = 0.99;

/**
 * Normalisation of Deep-Z and Recurrent-MZ: the mean of the background becomes 0, and one per cent of
 * the foreground exceeds 1. Without any foreground the percentile is taken over all values, and the
 * note says so.
 *
 * @param edf all-in-focus image of the stack, or the single input image
 * @param threshold values above it are foreground (the papers: triangle method), in grey levels
 * @throws AxialError ImpossibleRequestError when values are not finite or no positive scale follows
 * @see Wu Y. et al., Nature Methods 16, 2019, doi:10.1038/s41592-019-0622-5; Huang L. et al.,
 * Light: Science and Applications 10, 2021, doi:10.1038/s41377-021-00506-9
 */
export function paperNormalisation(edf: Plane, threshold: number): Normalisation {
  const split = foregroundValues(edf.data, threshold);
  const { foreground, backgroundCount } = split;
  const notes: string[] = [];
  let values = foreground;
  if (foreground.length === 0) {
    values = edf.data.slice();
    notes.push('No foreground was found; the scale is the 99th percentile of all values.');
  }
  let offset = split.backgroundMean;
  if (backgroundCount === 0) {
    offset = quantile(values, 0);
    notes.push('No background was found; the offset is the lowest value.');
  }
  const scale = quantile(values, FOREGROUND_FRACTION) - offset;
  if (!(scale > 0)) throw noScaleError(scale);
  return {
    method: 'paper',
    offset,
    scale,
    threshold,
    foregroundFraction: foreground.length / edf.data.length,
    note: notes.length === 0 ? null : notes.join(' '),
  };
}
