import type { PlannedPlane, UntrainedReason } from '#core/reconstruct/planReconstruction';
import { planReconstruction } from '#core/reconstruct/planReconstruction';
import type { TrainedRange } from '#core/reconstruct/ReconstructionModel';
import type { ModelSummary } from '#core/command/ModelLibrary';

/** What to plan: heights in micrometres from the first plane. */
export interface HeightPlanRequest {
  readonly inputZUm: readonly number[];
  readonly targetsUm: readonly number[];
  readonly perTarget: number;
  /** How far the surfaces of the targets reach below and above those heights. */
  readonly reliefUm: { readonly min: number; readonly max: number };
}

/**
 * Which inputs serve each plane to make, and what the model was not trained for there. A plane that
 * follows a surface gets the inputs nearest to the middle of its relief, and is marked when any part of
 * it has to be.
 *
 * @throws what `planReconstruction` throws
 */
export function planHeights(model: ModelSummary, request: HeightPlanRequest): PlannedPlane[] {
  const { inputZUm, targetsUm, perTarget, reliefUm } = request;
  const plan = (inputs: readonly number[], targets: readonly number[]): PlannedPlane[] =>
    planReconstruction({
      inputPlanesZUm: inputs,
      targetsZUm: targets,
      inputsPerTarget: perTarget,
      model: trainedRange(model),
    });
  const { min, max } = reliefUm;
  const planes = plan(
    inputZUm,
    targetsUm.map((zUm) => zUm + (min + max) / 2),
  );
  if (min === max) return planes;
  return planes.map((planned, index) => {
    const own = planned.inputs.map((input) => inputZUm[input]);
    const ends = plan(own, [targetsUm[index] + min, targetsUm[index] + max]);
    return { ...planned, untrained: union([planned, ...ends]) };
  });
}

function union(planes: readonly PlannedPlane[]): UntrainedReason[] {
  return [...new Set(planes.flatMap(({ untrained }) => untrained))];
}

function trainedRange(model: ModelSummary): TrainedRange {
  return {
    inputCount: { min: model.minInputs, max: model.maxInputs },
    spacingUm: { min: model.minInputSpacingUm, max: model.maxInputSpacingUm },
    beyondUm: model.extrapolationUm,
    singleInputReachUm: model.singleInputReachUm,
  };
}
