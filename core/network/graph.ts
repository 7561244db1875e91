/**
 * A network as data. A value is a block of samples with axes (c, y, x), or one such block for each
 * of the M input images: then it is called "per input" and has axes (m, c, y, x).
 * Layers are listed in the order of computation; each makes the value that bears its name.
 *
 * Images may have any size: whoever runs a graph that gives an image continues its input by the edge
 * pixels, at the bottom and at the right, up to multiples of the coarsest scale, and cuts the output.
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
  /**
   * What training starts from. Without it, weights and biases are uniform between plus and minus
   * 1 / sqrt(number of values that an output sums over).
   */
  readonly initial?: InitialValues;
}

/** Values that the parameters of convolutions and dense layers have before training. */
export interface InitialValues {
  /** `xavier`: uniform within sqrt(6 / (fan-in + fan-out)); Glorot & Bengio 2010. */
  readonly weights: 'xavier';
  /** The value of every bias. */
  readonly bias: number;
}

/** One layer of a network. */
export type Layer =
  | Conv2dLayer
  | Conv3dLayer
  | UpConvolutionLayer
  | DenseLayer
  | BatchNormLayer
  | ElementwiseLayer
  | LeakyReluLayer
  | CombineLayer
  | ChannelsLayer
  | OverInputsLayer
  | RecurrentLayer
  | ZInterpolationLayer;

/**
 * Cross-correlation with a square kernel that keeps the size, or halves it (rounding up) at stride
 * 2; parameters `weight` (out, in, k, k) and, if any, `bias` (out).
 */
export interface Conv2dLayer {
  readonly op: 'conv2d';
  readonly name: string;
  readonly input: string;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Odd side of the kernel in pixels. */
  readonly kernel: number;
  readonly bias: boolean;
  /** @default 1 */
  readonly stride?: 1 | 2;
  /** What lies beyond the edge: zeros, or the edge pixels. @default 'zeros' */
  readonly padding?: 'zeros' | 'replicate';
  /** Factor on the initial weights and bias. @default 1 */
  readonly initialScale?: number;
  /** What its bias is before training. @default as the others' */
  readonly initialBias?: number;
}

/**
 * Cross-correlation with a cubic kernel over a value that is per input: the M images are the planes
 * of a volume. Keeps all sizes, with zeros beyond every face; parameters `weight` (out, in, k, k, k) and, if
 * any, `bias` (out).
 */
export interface Conv3dLayer {
  readonly op: 'conv3d';
  readonly name: string;
  readonly input: string;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Odd side of the kernel. */
  readonly kernel: number;
  readonly bias: boolean;
}

/**
 * Transposed convolution, 2 x 2 at stride 2: each pixel becomes four. Parameters `weight`
 * (in, out, 2, 2) and `bias` (out).
 */
export interface UpConvolutionLayer {
  readonly op: 'upConvolution2';
  readonly name: string;
  readonly input: string;
  readonly inChannels: number;
  readonly outChannels: number;
}

/** Every output from every channel of a value of one pixel; parameters `weight` (out, in), `bias` (out). */
export interface DenseLayer {
  readonly op: 'dense';
  readonly name: string;
  readonly input: string;
  readonly inChannels: number;
  readonly outChannels: number;
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

/**
 * One value in, one value out: activation, 2 x 2 maximum, doubling by repeating pixels, or the mean
 * over all pixels.
 */
export interface ElementwiseLayer {
  readonly op: 'relu' | 'sigmoid' | 'tanh' | 'maxPool2' | 'upsample2' | 'globalAverage';
  readonly name: string;
  readonly input: string;
}

/** Positive samples as they are, negative ones times `slope`. */
export interface LeakyReluLayer {
  readonly op: 'leakyRelu';
  readonly name: string;
  readonly input: string;
  readonly slope: number;
}

/** Joins values: `concat` along channels; the others sample by sample, `sub` as first minus second. */
export interface CombineLayer {
  readonly op: 'concat' | 'add' | 'mul' | 'sub';
  readonly name: string;
  readonly inputs: readonly string[];
}

/**
 * Another number of channels: `firstChannels` keeps the first ones, `padChannels` adds zeros behind
 * them, both up to `channels`.
 */
export interface ChannelsLayer {
  readonly op: 'firstChannels' | 'padChannels';
  readonly name: string;
  readonly input: string;
  readonly channels: number;
}

/**
 * Out of a value that is per input: the block of the last image (or one `back` before it), the mean over the
 * images, or (`channelsAsInputs`) a value of M times c images of one channel each, those of the first image first.
 */
export interface OverInputsLayer {
  readonly op: 'lastInput' | 'meanInput' | 'channelsAsInputs';
  readonly name: string;
  readonly input: string;
  /** For `lastInput`: how many images before the last. @default 0 */
  readonly back?: number;
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
