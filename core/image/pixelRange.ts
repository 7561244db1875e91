import type { PixelArray } from './PixelType';

/**
 * Smallest and largest finite sample.
 *
 * @returns zero for both when there is no finite sample
 */
export function pixelRange(pixels: PixelArray): { readonly min: number; readonly max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i];
    if (value < min && value > -Infinity) min = value;
    if (value > max && value < Infinity) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}
