/** Where a field lies in a layer that is wider: samples of a row, and before the field. */
export interface LayerFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Puts a layer at twice its resolution into another one, both with the same field in it: bilinear, the samples of
 * the edge beyond it.
 *
 * @param layer row-major (y, x)
 * @param into row-major (y, x), receives it
 */
export function doubledLayer(
  layer: Float32Array,
  from: LayerFrame,
  into: Float32Array,
  to: LayerFrame,
): void {
  const rows = places(to.height, to.top, from.top, from.height);
  const columns = places(to.width, to.left, from.left, from.width);
  const { near, far, share } = columns;
  const line = new Float32Array(from.width);
  for (let y = 0; y < to.height; y++) {
    const [above, below] = [rows.near[y]! * from.width, rows.far[y]! * from.width];
    const down = rows.share[y]!;
    for (let x = 0; x < line.length; x++) {
      const upper = layer[above + x]!;
      line[x] = upper + down * (layer[below + x]! - upper);
    }
    const start = y * to.width;
    for (let x = 0; x < to.width; x++) {
      const left = line[near[x]!]!;
      into[start + x] = left + share[x]! * (line[far[x]!]! - left);
    }
  }
}

/** Between which samples those of twice the resolution lie: one of half of it is where two of the field meet. */
function places(count: number, before: number, beforeHalf: number, halfCount: number) {
  const [near, far] = [new Int32Array(count), new Int32Array(count)];
  const share = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = Math.max(0, Math.min(halfCount - 1, (i - before - 0.5) / 2 + beforeHalf));
    near[i] = Math.floor(at);
    far[i] = Math.min(near[i]! + 1, halfCount - 1);
    share[i] = at - near[i]!;
  }
  return { near, far, share };
}
