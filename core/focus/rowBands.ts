/** Rows of an image that are worked on together. */
export interface RowBand {
  /** The rows that count: from the first to before the second. */
  readonly top: number;
  readonly bottom: number;
  /** Where the rows that are needed for them begin, and before which they end. */
  readonly from: number;
  readonly to: number;
}

/** Bands of fewer rows would mostly be margins. */
const LEAST_ROWS = 64;

/**
 * Cuts an image into bands of about equally many rows that can be worked on by themselves. All begin at
 * even rows, so that blocks of 2 x 2 pixels are those of the whole image.
 *
 * @param height number of rows
 * @param most number of bands, at most; small images get fewer
 * @param reach rows above and below that a row depends on, even
 */
export function rowBands(height: number, most: number, reach: number): RowBand[] {
  const count = Math.max(1, Math.min(most, Math.floor(height / LEAST_ROWS)));
  const edge = (k: number): number =>
    k === count ? height : 2 * Math.round((k * height) / (2 * count));
  return Array.from({ length: count }, (_, k) => {
    const [top, bottom] = [edge(k), edge(k + 1)];
    return { top, bottom, from: Math.max(0, top - reach), to: Math.min(height, bottom + reach) };
  });
}
