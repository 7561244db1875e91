/**
 * What changes slowly in a plane: means of blocks, with bilinear interpolation between their middles.
 *
 * @param plane row-major (y, x)
 * @param scalePx side of the blocks; a plane that is smaller has one level
 */
export function smoothLevel(
  plane: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  scalePx: number,
): Float32Array<ArrayBuffer> {
  const columns = Math.max(1, Math.round(width / scalePx));
  const rows = Math.max(1, Math.round(height / scalePx));
  const sums = new Float64Array(rows * columns);
  const counts = new Float64Array(rows * columns);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      const block = row + Math.floor((x * columns) / width);
      sums[block] = sums[block]! + plane[y * width + x]!;
      counts[block] = counts[block]! + 1;
    }
  }
  const level = (row: number, column: number): number =>
    sums[row * columns + column]! / counts[row * columns + column]!;
  const smooth = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, ((y + 0.5) * rows) / height - 0.5));
    const r = Math.min(Math.max(0, rows - 2), Math.floor(v));
    const below = Math.min(rows - 1, r + 1);
    for (let x = 0; x < width; x++) {
      const u = Math.min(columns - 1, Math.max(0, ((x + 0.5) * columns) / width - 0.5));
      const c = Math.min(Math.max(0, columns - 2), Math.floor(u));
      const right = Math.min(columns - 1, c + 1);
      const upper = level(r, c) * (1 - (u - c)) + level(r, right) * (u - c);
      const lower = level(below, c) * (1 - (u - c)) + level(below, right) * (u - c);
      smooth[y * width + x] = upper * (1 - (v - r)) + lower * (v - r);
    }
  }
  return smooth;
}
