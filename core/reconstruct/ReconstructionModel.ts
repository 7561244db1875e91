/** M images with their digital propagation matrices: float32 values of axes (m, 2, y, x). */
export interface ReconstructionBlock {
  readonly inputCount: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array<ArrayBuffer>;
}

/** Computes one plane (y, x) from a block, which is given away; every network executor does. */
export type RunBlock = (
  block: ReconstructionBlock,
  signal?: AbortSignal,
) => Promise<Float32Array<ArrayBuffer>>;

/** From and to, both included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a model was trained for, as far as planning needs it. */
export interface TrainedRange {
  /** Number of input images. More can be computed, but were not trained. */
  readonly inputCount: Range;
  /** Distance between neighbouring inputs in micrometres. */
  readonly spacingUm: Range;
  /** How far beyond the first and last of several inputs a target may lie, in micrometres. */
  readonly beyondUm: number;
  /** How far from a single input a target may lie, in micrometres. */
  readonly singleInputReachUm: number;
}

/** A model, as far as the way of the data goes. */
export interface ReconstructionModel extends TrainedRange {
  /** Height and width of a block must be multiples of this, or `minPx` and a multiple of it. */
  readonly multiplePx: number;
  /** Smallest height and width of a block. @default multiplePx */
  readonly minPx?: number;
  /** Radius in pixels of what one output sample sees, for `inputCount` images. */
  readonly receptiveFieldPx: (inputCount: number) => number;
}

/** The unit of the second channel: target z minus the image's z in micrometres, divided by this. */
export const DPM_UNIT_UM = 10;
