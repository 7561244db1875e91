import type { PixelArray } from '#core/image/PixelType';
import type { Histogram } from './Histogram';

/** How many values lie above a threshold. */
export function countAbove(pixels: PixelArray, threshold: number): number {
  let above = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] > threshold) above += 1;
  return above;
}

/** The same from a histogram of whole numbers. */
export function countLevelsAbove({ counts, start }: Histogram, threshold: number): number {
  let above = 0;
  for (let i = 0; i < counts.length; i++) if (start + i > threshold) above += counts[i];
  return above;
}
