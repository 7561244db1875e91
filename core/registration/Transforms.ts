import type { Matrix3 } from './Matrix3';
import type { TransformModel } from './TransformModel';
import type { SuspectReason } from './flagSuspectPlanes';
import type { AlignmentReference } from './planAlignment';

/** How one plane was laid on its reference. */
export interface PlaneTransform {
  readonly index: number;
  /** Maps output pixels to pixels of this plane; x right, y down, pixel centres are integers. */
  readonly matrix: Matrix3;
  /** Weights of the product x y in x' and y', for the bilinear model alone. */
  readonly xy?: readonly [number, number];
  /** Normalised correlation with its reference before and after; `null` for a plane that stayed. */
  readonly correlationBefore: number | null;
  readonly correlationAfter: number | null;
  /** Root of the mean squared difference to its reference, in the units of the pixels; or `null`. */
  readonly residual: number | null;
  /** The largest displacement of any pixel of the plane by `matrix`, in pixels. */
  readonly displacementPx: number;
  readonly converged: boolean;
  /** True when the registration of this plane probably failed; `reasons` says why. */
  readonly suspect: boolean;
  readonly reasons: readonly SuspectReason[];
}

/** The transforms of a stack, as they are saved to JSON. */
export interface Transforms {
  readonly model: TransformModel;
  readonly reference: AlignmentReference;
  /** The plane that stays where it is in modes `previous` and `global`. */
  readonly anchor: number;
  /** Direction of every matrix. */
  readonly mapping: 'output-to-input';
  /** Size of the planes in pixels. */
  readonly width: number;
  readonly height: number;
  readonly planes: readonly PlaneTransform[];
  /**
   * Mode `global`: the share of the slow shift and of the slow turn and scale that was believed, 0 to 1,
   * and the largest standard error of the shift in pixels.
   */
  readonly drift?: {
    readonly shiftShare: number;
    readonly shapeShare: number;
    readonly shiftErrorPx: number;
  };
}
