/** Filters a level of a wavelet transform along rows or columns. */
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

/** Adds weighted squared gradients of an image. */
type AddEnergy = (
  image: number,
  width: number,
  height: number,
  weight: number,
  out: number,
  lines: number,
) => void;

/** Raises or lowers numbers to others. */
type TakeExtremes = (best: number, values: number, bytes: number) => void;

/** What kernels/ export, where it is explained; arrays are addresses in bytes. */
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
  readonly binomial: (
    source: number,
    out: number,
    width: number,
    height: number,
    radius: 1 | 3,
    lines: number,
  ) => void;
  readonly addShorts: (totals: number, values: number, count: number) => void;
  readonly max8: TakeExtremes;
  readonly max16: TakeExtremes;
  readonly min8: TakeExtremes;
  readonly min16: TakeExtremes;
  readonly blur: (
    image: number,
    width: number,
    height: number,
    taps: number,
    radius: number,
    scratch: number,
  ) => void;
  readonly addDiagonalEnergy: AddEnergy;
  readonly addCentralEnergy: AddEnergy;
  readonly addCentralEnergyOfPixels: AddEnergy;
  readonly toSteps: (values: number, count: number, middle: number, perUnit: number) => void;
  readonly variance: (
    values: number,
    out: number,
    width: number,
    height: number,
    radius: number,
    share: number,
    lines: number,
  ) => void;
}
