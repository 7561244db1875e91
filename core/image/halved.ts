/** Size of an image in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Size of an image of half the resolution; odd sides are rounded up. */
export function halfSize({ width, height }: ImageSize): ImageSize {
  return { width: (width + 1) >> 1, height: (height + 1) >> 1 };
}

/**
 * Means of 2 x 2 blocks; a last odd row or column stands for its missing neighbour.
 *
 * @param source row-major (y, x) values of size `from`
 * @param out receives `halfSize(from)` values
 */
export function halve(source: Float32Array, from: ImageSize, out: Float32Array): void {
  const to = halfSize(from);
  const pairs = from.width >> 1;
  for (let y = 0; y < to.height; y++) {
    const top = 2 * y * from.width;
    const down = Math.min(2 * y + 1, from.height - 1) * from.width - top;
    const row = y * to.width;
    for (let x = 0, i = top; x < pairs; x++, i += 2) {
      out[row + x] = 0.25 * (source[i] + source[i + 1] + source[i + down] + source[i + down + 1]);
    }
    if (pairs < to.width) {
      const i = top + from.width - 1;
      out[row + pairs] = 0.5 * (source[i] + source[i + down]);
    }
  }
}

/** The same as `halve`, into an array of its own. */
export function halved(source: Float32Array, from: ImageSize): Float32Array<ArrayBuffer> {
  const { width, height } = halfSize(from);
  const out = new Float32Array(width * height);
  halve(source, from, out);
  return out;
}

/** Linear interpolation of an image onto one twice as fine, block centres lying between its pixels. */
export function doubled(
  source: Float32Array,
  from: ImageSize,
  to: ImageSize,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(to.width * to.height);
  const line = new Float64Array(from.width);
  for (let y = 0; y < to.height; y++) {
    const near = Math.min(y >> 1, from.height - 1);
    const far = Math.min(Math.max(near + (y & 1 ? 1 : -1), 0), from.height - 1);
    for (let x = 0; x < from.width; x++) {
      line[x] = 0.75 * source[near * from.width + x] + 0.25 * source[far * from.width + x];
    }
    doubleLine(line, out, y * to.width, to.width);
  }
  return out;
}

/** Writes `width` values between those of a line, which has half as many. */
function doubleLine(line: Float64Array, out: Float32Array, start: number, width: number): void {
  const last = line.length - 1;
  let before = line[0];
  let here = line[0];
  for (let k = 0, i = start; k < last; k++, i += 2) {
    const after = line[k + 1];
    out[i] = 0.75 * here + 0.25 * before;
    out[i + 1] = 0.75 * here + 0.25 * after;
    before = here;
    here = after;
  }
  out[start + 2 * last] = 0.75 * here + 0.25 * before;
  if (2 * last + 1 < width) out[start + 2 * last + 1] = here;
}
