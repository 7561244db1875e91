import type { Plane } from '#core/image/Plane';
import type { Normalisation, NormalisationMethod } from './Normalisation';
import { paperNormalisation } from './paperNormalisation';
import { pluginNormalisation } from './pluginNormalisation';

/** One per cent of the foreground is to exceed 1; as much at one value leaves nothing above it. */
const SATURATED_SHARE = 0.01;
const FEWEST_PIXELS = 500;

/**
 * Offset and scale of a stack by a named method.
 *
 * @param edf all-in-focus image of the stack, or the single input image
 * @param threshold values above it are foreground, in grey levels
 * @throws AxialError ImpossibleRequestError when values are not finite or no positive scale follows
 */
export function estimateNormalisation(
  edf: Plane,
  threshold: number,
  method: NormalisationMethod = 'paper',
): Normalisation {
  const estimate = method === 'paper' ? paperNormalisation : pluginNormalisation;
  const result = estimate(edf, threshold);
  const notes = [result.note, saturationNote(edf.data, result)].filter((note) => note !== null);
  return { ...result, note: notes.length === 0 ? null : notes.join(' ') };
}

/** With that much of the foreground at one value, the scale is that value and nothing exceeds it. */
function saturationNote(
  data: Float32Array,
  { threshold, foregroundFraction }: Normalisation,
): string | null {
  let highest = -Infinity;
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] < highest) continue;
    count = data[i] === highest ? count + 1 : 1;
    highest = data[i];
  }
  if (foregroundFraction === 0 || highest <= threshold) return null;
  const share = count / (foregroundFraction * data.length);
  // A few pixels of a tiny foreground may be equal by chance.
  if (share <= SATURATED_SHARE || foregroundFraction * data.length < FEWEST_PIXELS) return null;
  return `${(100 * share).toFixed(0)} % of the foreground has the largest value, ${highest}: it is probably saturated, and nothing exceeds 1.`;
}
