import { medianOf } from './medianOf';

/** Pixels with this much signal, in standard deviations of the noise, tell how noise grows with it, if there are enough. */
const BRIGHT = 2;
const LEAST_BRIGHT = 30;

/** Median of the square of a standard normal variable. */
const MEDIAN_SQUARE = 0.4549;

/**
 * By how much the squares of what is left of a plane grow with the signal; the median, so that what single points do
 * not explain does not count.
 *
 * @param rest what is left, row-major (y, x)
 * @param signal what was explained of the same pixels
 * @param variance of the noise where there is no signal
 */
export function excessPerSignal(
  rest: Float32Array,
  signal: Float32Array,
  variance: number,
): number {
  const least = BRIGHT * Math.sqrt(variance);
  const bright = signal.reduce((count, value) => count + (value > least ? 1 : 0), 0);
  if (bright < LEAST_BRIGHT) return 0;
  const excesses = new Float32Array(bright);
  let at = 0;
  for (const [i, value] of signal.entries()) {
    if (value > least) excesses[at++] = (rest[i]! ** 2 / MEDIAN_SQUARE - variance) / value;
  }
  return Math.max(0, medianOf(excesses));
}
