/**
 * Index inside 0 .. length-1 that a mirrored signal shows at `index`; the mirrors stand between
 * samples, so edge samples appear twice (d c b a | a b c d | d c b a).
 */
export function halfSampleMirror(index: number, length: number): number {
  const period = 2 * length;
  const wrapped = ((index % period) + period) % period;
  return wrapped < length ? wrapped : period - 1 - wrapped;
}

/**
 * Index inside 0 .. length-1 that a mirrored signal shows at `index`; the mirrors stand on the edge
 * samples, which appear once (d c b | a b c d | c b a).
 */
export function wholeSampleMirror(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const wrapped = ((index % period) + period) % period;
  return wrapped < length ? wrapped : period - wrapped;
}

/** Where a plane lies, centred, in its padded image, and which plane column and row each padded one shows. */
export interface MirrorPadding {
  readonly left: number;
  readonly top: number;
  readonly columns: Int32Array<ArrayBuffer>;
  readonly rows: Int32Array<ArrayBuffer>;
}

/** The map for planes of `width` x `height` pixels centred in `paddedWidth` x `paddedHeight`. */
export function mirrorPadding(
  width: number,
  height: number,
  paddedWidth: number,
  paddedHeight: number,
): MirrorPadding {
  const left = (paddedWidth - width) >> 1;
  const top = (paddedHeight - height) >> 1;
  return {
    left,
    top,
    columns: Int32Array.from({ length: paddedWidth }, (_, x) => halfSampleMirror(x - left, width)),
    rows: Int32Array.from({ length: paddedHeight }, (_, y) => halfSampleMirror(y - top, height)),
  };
}

/** Fills `out` (row-major, as large as the padding says) with a plane of `width` columns and its mirror images. */
export function mirrorPad(
  data: Float32Array,
  width: number,
  { columns, rows }: MirrorPadding,
  out: Float32Array,
): void {
  const paddedWidth = columns.length;
  for (let y = 0; y < rows.length; y++) {
    const source = rows[y] * width;
    const target = y * paddedWidth;
    for (let x = 0; x < paddedWidth; x++) out[target + x] = data[source + columns[x]];
  }
}
