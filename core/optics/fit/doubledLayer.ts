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
  const columns = Array.from({ length: to.width }, (_, x) =>
    placeIn(x - to.left, from.left, from.width),
  );
  for (let y = 0; y < to.height; y++) {
    const row = placeIn(y - to.top, from.top, from.height);
    const [above, below] = [row.near * from.width, row.far * from.width];
    for (let x = 0; x < to.width; x++) {
      const { near, far, share } = columns[x]!;
      const upper = layer[above + near]! * (1 - share) + layer[above + far]! * share;
      const lower = layer[below + near]! * (1 - share) + layer[below + far]! * share;
      into[y * to.width + x] = upper * (1 - row.share) + lower * row.share;
    }
  }
}

/** Between which samples a place lies: a sample of half the resolution is where two of the field meet. */
function placeIn(place: number, before: number, count: number) {
  const at = Math.max(0, Math.min(count - 1, (place - 0.5) / 2 + before));
  const near = Math.floor(at);
  return { near, far: Math.min(near + 1, count - 1), share: at - near };
}
