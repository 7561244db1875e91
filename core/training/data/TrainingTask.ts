import type { SpecimenFit } from '#core/network/parseSpecimenFits';

/** A stack that examples are drawn from. */
export interface TrainingVolume {
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly zStepUm: number;
}

/** How examples are drawn; lengths in micrometres. */
export interface TrainingTask {
  /** How often which number of inputs occurs; all examples of a batch have the same. */
  readonly inputCounts: readonly { readonly count: number; readonly odds: number }[];
  /** Least and largest distance of neighbouring inputs. */
  readonly spacingUm: readonly [number, number];
  /** How far outside its inputs a target may lie. */
  readonly beyondUm: number;
  /** How far from a single input a target may lie. */
  readonly beyondAloneUm: number;
  /**
   * How far apart planes are compared for spectral interpolation, whose plane the network then sees as its last
   * image; without it, networks see measured planes alone.
   */
  readonly correlationUm?: number;
  /**
   * Scenes of each volume, targets of each, and the fits that find specimens which explain the inputs of a scene:
   * networks see what these look like at the target; without them, they see measured planes alone.
   */
  readonly fitted?: {
    readonly scenesPerVolume: number;
    readonly targetsPerScene: number;
    readonly fits: readonly SpecimenFit[];
  };
  /** Share of examples whose nearest input comes last; the others have any order. */
  readonly nearestLast: number;
  /** Side of the crops in pixels. */
  readonly cropPx: number;
  readonly batchSize: number;
  /** Factors lie between this and its inverse. @default 1 */
  readonly gain?: number;
  /** Shifts lie between this and its negative. @default 0 */
  readonly shift?: number;
}
