import type { PixelArray } from '#core/image/PixelType';

/**
 * Marks the foreground of a plane.
 *
 * @param pixels row-major (y, x) values
 * @param threshold in grey levels; foreground is every value above it
 * @param lightBackground whether foreground is every value up to the threshold instead
 * @returns one byte per pixel, row-major (y, x): 255 in the foreground, else 0; NaN is background
 */
export function thresholdPlane(
  pixels: PixelArray,
  threshold: number,
  lightBackground = false,
): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(pixels.length);
  if (lightBackground) {
    for (let i = 0; i < mask.length; i++) mask[i] = pixels[i] <= threshold ? 255 : 0;
  } else {
    for (let i = 0; i < mask.length; i++) mask[i] = pixels[i] > threshold ? 255 : 0;
  }
  return mask;
}
