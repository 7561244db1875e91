import type { PixelArray } from '#core/image/PixelType';

/**
 * Marks the foreground of a plane.
 *
 * @param pixels row-major (y, x) values
 * @param threshold in grey levels; foreground is every value above it
 * @returns one byte per pixel, row-major (y, x): 255 in the foreground, else 0; NaN is background
 */
export function thresholdPlane(pixels: PixelArray, threshold: number): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(pixels.length);
  for (let i = 0; i < mask.length; i++) mask[i] = pixels[i] > threshold ? 255 : 0;
  return mask;
}
