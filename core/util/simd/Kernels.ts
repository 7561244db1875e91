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

/** One stage of a Fourier transform, from one buffer to another. */
type FourierStage = (
  from: number,
  to: number,
  blocks: number,
  strideBytes: number,
  twiddles: number,
) => void;

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
  readonly addTransferred: (
    sum: number,
    spectrum: number,
    shares: number,
    bins: number,
    count: number,
  ) => void;
  readonly takeStep: (
    layer: number,
    light: number,
    seen: number,
    change: number,
    bytes: number,
    sums: number,
  ) => void;
  readonly leap: (layer: number, before: number, bytes: number, momentum: number) => void;
  readonly addSpot: (image: number, spot: number) => void;
  readonly explainedBySpot: (rest: number, weights: number, spot: number) => number;
  readonly addSpotEquations: (
    rest: number,
    weights: number,
    spot: number,
    above: number,
    perHeight: number,
    sums: number,
  ) => void;
  readonly rowProducts: (
    rows: number,
    others: number,
    out: number,
    rowCount: number,
    otherCount: number,
    bytes: number,
  ) => void;
  readonly addShorts: (totals: number, values: number, count: number) => void;
  readonly max8: TakeExtremes;
  readonly max16: TakeExtremes;
  readonly min8: TakeExtremes;
  readonly min16: TakeExtremes;
  readonly fourier2: FourierStage;
  readonly fourier3: FourierStage;
  readonly fourier4: FourierStage;
  readonly fourier5: FourierStage;
  readonly rowsToLines: (rows: number, lines: number, width: number) => void;
  readonly linesToRows: (lines: number, rows: number, width: number, scale: number) => void;
  readonly separateRows: (
    lines: number,
    columns: number,
    width: number,
    frequencies: number,
    columnBytes: number,
  ) => void;
  readonly joinRows: (
    columns: number,
    lines: number,
    width: number,
    frequencies: number,
    columnBytes: number,
  ) => void;
  readonly columnsToLines: (
    columns: number,
    lines: number,
    length: number,
    columnBytes: number,
    sign: 1 | -1,
  ) => void;
  readonly linesToColumns: (
    lines: number,
    columns: number,
    length: number,
    columnBytes: number,
  ) => void;
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
