/** Counts of values in bins of equal width. */
export interface Histogram {
  readonly counts: Float64Array<ArrayBuffer>;
  /** Lower edge of the first bin; for whole numbers the value that the first bin counts. */
  readonly start: number;
  /** Width of a bin in grey levels. */
  readonly binWidth: number;
  /** True when each bin counts exactly one whole number. */
  readonly integral: boolean;
}
