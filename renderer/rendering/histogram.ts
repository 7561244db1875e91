import type { PixelArray } from '#core/image/PixelType';

const MAX_SAMPLES = 1_000_000;

/** Counts of values in equal bins from `min` to `max`; values outside and NaN are left out. */
export function histogram(pixels: PixelArray, min: number, max: number, bins: number): Uint32Array {
  const counts = new Uint32Array(bins);
  if (!(max > min)) return counts;
  const scale = bins / (max - min);
  // A million samples tell the shape of a distribution; a large plane is thinned out.
  const stride = Math.max(1, Math.floor(pixels.length / MAX_SAMPLES));
  for (let i = 0; i < pixels.length; i += stride) {
    const value = pixels[i] ?? NaN;
    if (value >= min && value <= max) {
      const bin = Math.min(bins - 1, Math.floor((value - min) * scale));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return counts;
}

const AUTO_BINS = 4096;
const SATURATED = 0.0025;

/** A window that leaves a quarter per cent of the samples black and as many white. */
export function autoWindow(
  pixels: PixelArray,
  min: number,
  max: number,
): { min: number; max: number } {
  if (!(max > min) || !Number.isFinite(max - min)) return { min: 0, max: 1 };
  const counts = histogram(pixels, min, max, AUTO_BINS);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const cut = total * SATURATED;
  let low = 0;
  for (let below = counts[0] ?? 0; low < AUTO_BINS - 1 && below <= cut;)
    below += counts[++low] ?? 0;
  let high = AUTO_BINS - 1;
  for (let above = counts[high] ?? 0; high > low && above <= cut;) above += counts[--high] ?? 0;
  const width = (max - min) / AUTO_BINS;
  return { min: min + low * width, max: min + (high + 1) * width };
}
