/** Filters a level of a wavelet transform along rows or columns; see kernels/wavelet.ts. */
type AnalyseLines = (
  re: number,
  im: number,
  stride: number,
  columns: number,
  rows: number,
  taps: number,
  pairs: number,
  length: number,
  lines: number,
) => void;

/** What kernels/ export; numbers are addresses in bytes, sizes and counts. */
export interface Kernels {
  readonly analyseRows: AnalyseLines;
  readonly analyseColumns: AnalyseLines;
  readonly analyseRealRows: (
    samples: number,
    re: number,
    im: number,
    columns: number,
    rows: number,
    taps: number,
    pairs: number,
    length: number,
    lines: number,
  ) => void;
}
