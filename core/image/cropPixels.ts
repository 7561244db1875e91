import type { PixelArray } from './PixelType';
import type { LevelSize, Region } from './PlaneSource';

/**
 * Copies a rectangle out of a plane.
 *
 * @param pixels row-major (y, x) samples of the plane
 * @param size width and height of the plane in pixels
 * @param region rectangle in pixels, inside the plane
 * @throws RangeError when the region leaves the plane
 */
export function cropPixels<T extends PixelArray>(pixels: T, size: LevelSize, region: Region): T {
  const { x, y, width, height } = region;
  if (
    x < 0 ||
    y < 0 ||
    width < 1 ||
    height < 1 ||
    x + width > size.width ||
    y + height > size.height
  ) {
    throw new RangeError(
      `The region ${width} x ${height} at (${x}, ${y}) leaves the plane of ${size.width} x ${size.height} pixels.`,
    );
  }
  const cropped = pixels.slice(0, width * height) as T;
  for (let row = 0; row < height; row++) {
    const start = (y + row) * size.width + x;
    cropped.set(pixels.subarray(start, start + width), row * width);
  }
  return cropped;
}
