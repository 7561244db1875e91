/** Fine detail needs about six scales; smaller sides are extended so far when the image is padded anyway. */
const MIN_PADDED_SIDE = 64;

/** Size of the padded image that the wavelet transform sees, in pixels, and the number of its levels. */
export interface PaddedSize {
  readonly width: number;
  readonly height: number;
  /** How often both sides can be halved. */
  readonly levels: number;
}

/**
 * Sides as powers of two. A square whose side is a power of two stays as it is.
 *
 * @param width number of columns, at least 1
 * @param height number of rows, at least 1
 */
export function paddedSize(width: number, height: number): PaddedSize {
  const larger = nextPowerOfTwo(Math.max(width, height));
  if (width === height && width === larger) return { width, height, levels: Math.log2(width) };
  const smallest = Math.min(MIN_PADDED_SIDE, larger);
  const paddedWidth = Math.max(smallest, nextPowerOfTwo(width));
  const paddedHeight = Math.max(smallest, nextPowerOfTwo(height));
  return {
    width: paddedWidth,
    height: paddedHeight,
    levels: Math.log2(Math.min(paddedWidth, paddedHeight)),
  };
}

function nextPowerOfTwo(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}
