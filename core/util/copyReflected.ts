/**
 * The index inside 0 to `length` - 1 that mirrors `index` at the first and last sample, which are
 * not repeated (d c b | a b c d | c b a); mirrors again where that leads outside. A single sample
 * repeats.
 */
export function reflectIndex(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const phase = ((index % period) + period) % period;
  return phase < length ? phase : period - phase;
}

/**
 * Cuts a rectangle out of an image that is continued by reflection on all sides.
 *
 * @param image row-major (y, x) samples
 * @param size width and height of the image in pixels
 * @param region rectangle in image pixels; it may leave the image
 * @param target receives the samples from `offset` on
 */
export function copyReflected(
  image: Float32Array,
  size: { readonly width: number; readonly height: number },
  region: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  },
  target: Float32Array,
  offset: number,
): void {
  const columns = Int32Array.from({ length: region.width }, (_, column) =>
    reflectIndex(region.x + column, size.width),
  );
  // Columns inside the image are copied as they are, those beyond its edges one by one.
  const from = clamp(-region.x, 0, region.width);
  const to = clamp(size.width - region.x, from, region.width);
  for (let row = 0; row < region.height; row++) {
    const start = reflectIndex(region.y + row, size.height) * size.width;
    const line = offset + row * region.width;
    const inside = start + region.x;
    target.set(image.subarray(inside + from, inside + to), line + from);
    for (let i = 0; i < from; i++) target[line + i] = image[start + (columns[i] ?? 0)] ?? 0;
    for (let i = to; i < region.width; i++) {
      target[line + i] = image[start + (columns[i] ?? 0)] ?? 0;
    }
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
