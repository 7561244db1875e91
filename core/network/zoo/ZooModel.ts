import type { ProcessingStep } from './ProcessingStep';

/** A file of a package, by its path inside it. */
export interface ZooFile {
  readonly source: string;
  readonly sha256: string | null;
}

/** How long an axis may be. */
export type ZooSize =
  | { readonly kind: 'fixed'; readonly length: number }
  /** `min`, or that and any number of `step` more. */
  | { readonly kind: 'steps'; readonly min: number; readonly step: number }
  /** As long as an axis of another tensor, times `factor`, plus `offset`. */
  | {
      readonly kind: 'like';
      readonly axis: string;
      readonly factor: number;
      readonly offset: number;
    }
  /** Known only when the network has run. */
  | { readonly kind: 'unknown' };

/** One axis of a tensor. */
export interface ZooAxis {
  /** `batch`, `channel`, `index`, `time`, or `x`, `y`, `z` and the like in space. */
  readonly id: string;
  readonly type: 'batch' | 'channel' | 'index' | 'time' | 'space';
  readonly size: ZooSize;
  /** Samples at either end that edges may have spoilt; `null` where nothing is said. */
  readonly halo: number | null;
}

/** One input or output of a network. */
export interface ZooTensor {
  readonly axes: readonly ZooAxis[];
  /** What is done before the network runs, or after. */
  readonly steps: readonly ProcessingStep[];
  /** What the package feeds for its own test, or what must come out. */
  readonly test: ZooFile;
}

/** A description of the BioImage Model Zoo, whichever its format, as far as Axial goes by it. */
export interface ZooModel {
  readonly name: string;
  readonly description: string;
  readonly inputs: readonly ZooTensor[];
  readonly outputs: readonly ZooTensor[];
  /** Kinds of weights that the package holds, as the format names them: "onnx", "torchscript". */
  readonly weightFormats: readonly string[];
  /** The ONNX file; `null` when there is none, or one that keeps its weights in a second file. */
  readonly onnx: ZooFile | null;
}
