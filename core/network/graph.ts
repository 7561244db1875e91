/**
 * A network as data. A value is a block of samples with axes (c, y, x), or one such block for each
 * of the M input images: then it is called "per input" and has axes (m, c, y, x).
 * Layers are listed in the order of computation; each makes the value that bears its name.
 */
export interface NetworkGraph {
  readonly format: 'axial-graph';
  readonly version: 1;
  /** Which network of which paper, such as `recurrent-mz`. */
  readonly name: string;
  /** Which form of it, such as `anchored`. */
  readonly variant: string;
  /** The value that the caller gives: M images, each with `channels` channels. */
  readonly input: { readonly name: string; readonly channels: readonly string[] };
  readonly layers: readonly Layer[];
  /** Name of the value that the network returns; it has axes (c, y, x). */
  readonly output: string;
}

/** One layer. Convolutions pad with zeros and keep the size. */
export type Layer =
  | Conv2dLayer
  | BatchNormLayer
  | ElementwiseLayer
  | CombineLayer
  | LastInputLayer
  | RecurrentLayer
  | ZInterpolationLayer;

/** Cross-correlation with a square kernel; parameters `weight` (out, in, k, k) and, if any, `bias` (out). */
export interface Conv2dLayer {
  readonly op: 'conv2d';
  readonly name: string;
  readonly input: string;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Odd side of the kernel in pixels. */
  readonly kernel: number;
  readonly bias: boolean;
}

/**
 * Batch normalisation with stored statistics at inference; parameters `weight`, `bias`,
 * `runningMean`, `runningVariance`, each (c).
 */
export interface BatchNormLayer {
  readonly op: 'batchNorm';
  readonly name: string;
  readonly input: string;
  readonly channels: number;
  readonly epsilon: number;
}

/** One value in, one value out: activation, 2 x 2 maximum, or doubling by repeating pixels. */
export interface ElementwiseLayer {
  readonly op: 'relu' | 'sigmoid' | 'tanh' | 'maxPool2' | 'upsample2';
  readonly name: string;
  readonly input: string;
}

/** Joins values: `concat` along channels; the others sample by sample, `sub` as first minus second. */
export interface CombineLayer {
  readonly op: 'concat' | 'add' | 'mul' | 'sub';
  readonly name: string;
  readonly inputs: readonly string[];
}

/** The block of the last input image, out of a value that is per input. */
export interface LastInputLayer {
  readonly op: 'lastInput';
  readonly name: string;
  readonly input: string;
}

/**
 * Runs `layers` once for each input image in the order given and returns the last state.
 * Inside, the names in `sequences` stand for the current image's block of those values and
 * `state.name` for the state of the step before, zero at first; `next` is the new state.
 */
export interface RecurrentLayer {
  readonly op: 'recurrent';
  readonly name: string;
  readonly sequences: readonly string[];
  readonly state: { readonly name: string; readonly channels: number };
  readonly layers: readonly Layer[];
  readonly next: string;
}

/**
 * Linear interpolation along z between the two input images that enclose the target, pixel by
 * pixel; outside their range the nearest image. `input` is per input with two channels: the image,
 * and target z minus the image's z in any unit. Images at equal z are averaged.
 */
export interface ZInterpolationLayer {
  readonly op: 'zInterpolation';
  readonly name: string;
  readonly input: string;
}
