import { AxialError } from '#core/util/errors';
import type { TrainedRange } from './ReconstructionModel';

/** What lies outside what the model was trained for. */
export type UntrainedReason =
  | 'too few inputs'
  | 'too many inputs'
  | 'inputs too close'
  | 'inputs too far apart'
  | 'target too far out';

/** One plane to compute. */
export interface PlannedPlane {
  readonly targetZUm: number;
  /** Indices of the input planes that serve it: the farthest first, the nearest last. */
  readonly inputs: readonly number[];
  /** Target z minus the input's z in micrometres, in the order of `inputs`. */
  readonly distancesUm: readonly number[];
  /** Empty when the model was trained for such a plane. */
  readonly untrained: readonly UntrainedReason[];
}

/** What to compute from what. */
export interface ReconstructionRequest {
  /** Positions of the measured planes in micrometres, in any order. */
  readonly inputPlanesZUm: readonly number[];
  /** Positions of the planes to compute, in micrometres. */
  readonly targetsZUm: readonly number[];
  readonly model: TrainedRange;
  /** Inputs per target. @default all of them, at most as many as the model was trained for */
  readonly inputsPerTarget?: number;
}

/** Two positions closer than this, in micrometres, count as one. */
const SAME_POSITION_UM = 1e-6;

/**
 * Chooses which input planes serve which target, and marks targets that the model was not trained
 * for. When there are more planes than a target takes, the nearest ones are taken.
 *
 * @returns one entry for each target, in the order of the request
 * @throws AxialError ImpossibleRequestError when there is no input or no target, or a position is not finite
 */
export function planReconstruction(request: ReconstructionRequest): PlannedPlane[] {
  const { inputPlanesZUm, targetsZUm, model } = request;
  const { inputsPerTarget = model.inputCount.max } = request;
  if (inputPlanesZUm.length === 0) throw impossible('No input plane is chosen.');
  if (targetsZUm.length === 0) throw impossible('No plane to compute is chosen.');
  if (![...inputPlanesZUm, ...targetsZUm].every(Number.isFinite)) {
    throw impossible('A plane has no finite z position.');
  }
  if (!Number.isInteger(inputsPerTarget) || inputsPerTarget < 1) {
    throw impossible(`${inputsPerTarget} inputs for each plane are impossible.`);
  }
  return targetsZUm.map((targetZUm) => {
    const inputs = orderByDistance(inputPlanesZUm.map((z) => targetZUm - z)).slice(
      -inputsPerTarget,
    );
    const zUm = inputs.map((index) => inputPlanesZUm[index] ?? NaN);
    return {
      targetZUm,
      inputs,
      distancesUm: zUm.map((z) => targetZUm - z),
      untrained: untrainedReasons(zUm, targetZUm, model),
    };
  });
}

/** Indices of `distancesUm` from the largest to the smallest size; equal ones by sign, then by index. */
export function orderByDistance(distancesUm: readonly number[]): number[] {
  return distancesUm
    .map((distance, index) => ({ distance, index }))
    .sort(
      (a, b) =>
        Math.abs(b.distance) - Math.abs(a.distance) || a.distance - b.distance || a.index - b.index,
    )
    .map((entry) => entry.index);
}

function untrainedReasons(
  zUm: readonly number[],
  targetZUm: number,
  model: TrainedRange,
): UntrainedReason[] {
  const sorted = zUm.toSorted((a, b) => a - b);
  const first = sorted[0] ?? targetZUm;
  const last = sorted.at(-1) ?? targetZUm;
  const gaps = sorted.slice(1).map((z, index) => z - (sorted[index] ?? z));
  const reach = zUm.length === 1 ? model.singleInputReachUm : model.beyondUm;
  const { inputCount, spacingUm } = model;
  const checks: [UntrainedReason, boolean][] = [
    ['too few inputs', zUm.length < inputCount.min],
    ['too many inputs', zUm.length > inputCount.max],
    ['inputs too close', gaps.some((gap) => gap < spacingUm.min - SAME_POSITION_UM)],
    ['inputs too far apart', gaps.some((gap) => gap > spacingUm.max + SAME_POSITION_UM)],
    [
      'target too far out',
      targetZUm < first - reach - SAME_POSITION_UM || targetZUm > last + reach + SAME_POSITION_UM,
    ],
  ];
  return checks.filter(([, fails]) => fails).map(([reason]) => reason);
}

function impossible(message: string): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    message,
    'Choose at least one input plane and one target, each with a known z.',
  );
}
