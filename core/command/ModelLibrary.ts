import type { Plane } from '#core/image/Plane';
import type { LevelSize } from '#core/image/PlaneSource';
import type { PlaneTurn } from '#core/reconstruct/turnPlane';

/** Facts of a model package that users choose by. */
export interface ModelSummary {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Pixel size and plane spacing that it was trained for, in micrometres. */
  readonly pixelSizeUm: number;
  readonly zStepUm: number;
  /** Smallest and largest pixel size that it was trained for, in micrometres. */
  readonly pixelRangeUm: { readonly min: number; readonly max: number };
  /** The objective that it was trained for. */
  readonly objective: {
    readonly magnification: number;
    readonly numericalAperture: number;
    /** Refractive index of the immersion medium: 1.515 for oil, 1 for air. */
    readonly immersionIndex: number;
  };
  /** Smallest distance between neighbouring inputs that it was trained for, in micrometres. */
  readonly minInputSpacingUm: number;
  /** Largest distance between neighbouring inputs that it was trained for, in micrometres. */
  readonly maxInputSpacingUm: number;
  /** How far outside its inputs it was trained to predict, in micrometres. */
  readonly extrapolationUm: number;
  /** How far from a single input it was trained to predict, in micrometres. */
  readonly singleInputReachUm: number;
  /** Kinds of specimen that it was trained on, such as "nuclei". */
  readonly specimens: readonly string[];
  readonly minInputs: number;
  readonly maxInputs: number;
}

/** Result of running the test tensors that a package carries. */
export interface ModelTestResult {
  readonly name: string;
  readonly passed: boolean;
  readonly maxAbsoluteDifference: number;
  readonly tolerance: number;
  /** What really computed: "CPU, 2 threads". */
  readonly device: string;
}

/** One normalised input plane with its distance to the target. */
export interface NetworkInput {
  /** Row-major (y, x), normalised values. */
  readonly image: Float32Array<ArrayBuffer>;
  /**
   * Position of the input in micrometres from the first plane of the stack: one height, or one for
   * each pixel (row-major y, x).
   */
  readonly zUm: number | Float32Array<ArrayBuffer>;
}

/** The size of planes, and through what they were seen as far as that is known; else as the network's own. */
export interface SeenPlanes extends LevelSize {
  readonly pixelSizeUm?: { readonly x: number; readonly y: number } | null;
  readonly numericalAperture?: number | null;
  readonly immersionIndex?: number | null;
  readonly emissionUm?: number | null;
  /** Hears how far the fit of a specimen is, 0 to 1, while a network waits for one. */
  readonly onFit?: ((fraction: number) => void) | undefined;
}

/** A network ready to run. */
export interface LoadedModel {
  readonly summary: ModelSummary;
  /** Checksum of graph and weights, hexadecimal: the same one computes the same. */
  readonly sha256: string;
  /** What really computes: "CPU, 2 threads". */
  readonly device: string;
  /** Starts to load what so many inputs need, so that it is there when they come. */
  prepare(inputCount: number): void;
  /**
   * One output plane at `targetZUm`, a height in micrometres or one per pixel (row-major y, x).
   * Any width and height from 1 x 1; any number of inputs from 1 to `summary.maxInputs`.
   *
   * @param turn the network sees everything turned, and its answer is turned back. @default 0
   */
  refocus(
    inputs: readonly NetworkInput[],
    targetZUm: number | Float32Array<ArrayBuffer>,
    planes: SeenPlanes,
    signal?: AbortSignal,
    turn?: PlaneTurn,
  ): Promise<Float32Array<ArrayBuffer>>;
}

/** A network that makes one plane of one plane, ready to run. */
export interface LoadedPlaneNetwork {
  readonly title: string;
  /** Checksum of what computes, hexadecimal. */
  readonly sha256: string;
  /** What really computes: "CPU, 2 threads". */
  readonly device: string;
  /** The plane that it makes of one whose samples are all finite, row-major (y, x). */
  apply(plane: Plane, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
}

/**
 * The model packages that the host can reach: installed ones by name, any other by the path of its
 * folder or .zip.
 */
export interface ModelLibrary {
  /** The networks that are installed and refocus. */
  list(): Promise<readonly ModelSummary[]>;
  /**
   * A network that refocuses.
   *
   * @throws AxialError ImpossibleRequestError when there is no such model, UnsupportedFileError when it
   *   does not fit, DeviceError when it cannot run
   */
  load(name: string): Promise<LoadedModel>;
  /** A network of single planes; throws as `load` does. */
  loadPlaneNetwork(name: string): Promise<LoadedPlaneNetwork>;
  /** The full description of a package, as its rdf.yaml states it, with its `card` in Markdown or `null`. */
  info(name: string): Promise<{ readonly [key: string]: unknown }>;
  test(name: string): Promise<ModelTestResult>;
  /** What computes, by the network that was last used. */
  device(): NetworkDeviceStatus;
}

/** What computes networks, `null` before one was used; and why no graphics processor does, `null` where one does. */
export interface NetworkDeviceStatus {
  readonly description: string | null;
  readonly gpuMissingBecause: string | null;
}
