import type { Plane } from '#core/image/Plane';

/**
 * Marks the foreground of a plane.
 *
 * @param plane row-major (y, x) values
 * @param threshold in grey levels; foreground is every value above it
 * @param lightBackground whether foreground is every value up to the threshold instead
 * @returns one byte per pixel, row-major (y, x): 255 in the foreground, else 0; NaN is background
 */
export function thresholdPlane(
  { data }: Plane,
  threshold: number,
  lightBackground = false,
): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(data.length);
  if (lightBackground) {
    for (let i = 0; i < data.length; i++) mask[i] = data[i] <= threshold ? 255 : 0;
  } else {
    for (let i = 0; i < data.length; i++) mask[i] = data[i] > threshold ? 255 : 0;
  }
  return mask;
}
