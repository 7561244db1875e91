import { calibrationAt } from './calibrationAt';
import type { z } from 'zod';
import { zPositionsUm } from '#core/image/Calibration';
import type { MacroValue } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import type { PlannedPlane } from '#core/reconstruct/planReconstruction';
import type { CommandContext } from '#core/command/CommandContext';
import type { LoadedModel } from '#core/command/ModelLibrary';
import { USUAL_INPUTS } from '#core/command/suggestModel';
import type { reconstructionParams } from '#core/command/declarations/reconstructParams';
import { countOf } from '#core/util/countOf';
import { AxialError } from '#core/util/errors';
import { channelModels, modelFacts } from './channelModels';
import { domainNotes } from './domainNotes';
import { planesWithHoles } from './finiteStack';
import { inputPlanes, type InputRequest } from './inputPlanes';
import { planeRanges } from './planeRanges';
import { planHeights } from './planHeights';
import { surfaceHeights } from './surfaceHeights';
import { planeTasks, type PlaneTask } from './volumePlanes';
import { zTargets } from './zTargets';

/** The parameters of a reconstruction; what the advisor suggests is settled by `suggestedInputs`. */
export type SettledParams = Omit<z.infer<typeof reconstructionParams>, 'choose'> &
  Pick<InputRequest, 'choose'>;

/** Stacks that a reconstruction works on; height maps are in micrometres. */
export interface ReconstructionInputs {
  readonly stack: ImageStack;
  /** Height maps that the planes to make follow. */
  readonly surface?: ImageStack;
  /** Height maps that the measured planes follow. */
  readonly inputSurface?: ImageStack;
}

/** A reconstruction that is ready to be computed. */
export interface PlannedVolume {
  /** Prepares one plane. */
  readonly taskOf: (
    index: { readonly t: number; readonly c: number; readonly z: number },
    signal?: AbortSignal,
  ) => Promise<PlaneTask>;
  /** What the result is, except for its planes. */
  readonly facts: Pick<
    ImageStack,
    'name' | 'shape' | 'pixelType' | 'slow' | 'calibration' | 'notes'
  >;
  /** Parameters as they were resolved, for the history. */
  readonly chosen: { readonly [param: string]: MacroValue };
  readonly report: { readonly [key: string]: MacroValue };
  /** "61 planes from 3 inputs with … on …". */
  readonly line: string;
}

/**
 * Decides everything about a reconstruction before the first plane is computed: models, inputs, heights
 * and which inputs serve which plane; tells what the models were not trained for.
 *
 * @throws AxialError when the request makes no sense for the stack or the models
 */
export async function planVolume(
  context: CommandContext,
  { stack, surface: targetMaps, inputSurface: inputMaps }: ReconstructionInputs,
  options: SettledParams,
): Promise<PlannedVolume> {
  const { signal } = context;
  const stackZUm = heights(stack);
  const needs = {
    channelCount: stack.shape.c,
    pixelSizeUm: stack.calibration.pixelSizeUm.x,
    inputCount: options.inputs?.length ?? options.inputZ?.length ?? options.count ?? USUAL_INPUTS,
  };
  const models = await channelModels(context, options.model, needs, options.modelSha256);
  const usual = Math.min(...models.map(({ summary }) => summary.maxInputs));
  const { inputs, perTarget } = inputPlanes(options, stackZUm, usual);
  const targetsUm = targetsOf(options, stackZUm, targetMaps);
  const inputZUm = inputs.map((index) => stackZUm[index]);
  const surface = targetMaps
    ? await surfaceHeights(targetMaps, stack, targetsUm.length, 'planes to make', signal)
    : null;
  const inputSurface = inputMaps
    ? await surfaceHeights(inputMaps, stack, inputs.length, 'inputs', signal)
    : null;
  const reliefUm = surface?.rangeUm ?? { min: 0, max: 0 };
  const plans = models.map(({ summary }) =>
    planHeights(summary, { inputZUm, targetsUm, perTarget, reliefUm }),
  );
  const domain = marks(stack, models, plans, { resample: options.resample, perTarget });
  const notes = [...domain, ...(await holeNotes(context, stack, inputs))];
  notes.forEach((note) => context.note(note));
  const planned = { stack, inputs, inputZUm, targetsUm, plan: plans[0], models };
  const { device } = models[0];
  const chosen = modelFacts(models);
  const choose = options.choose === 'even' ? 'user' : options.choose;
  return {
    taskOf: planeTasks(context, { ...options, ...planned, surface, inputSurface }),
    facts: {
      name: `${stack.name} ${chosen.model}`,
      shape: { ...stack.shape, z: targetsUm.length },
      ...{ pixelType: 'float32', slow: true },
      calibration: calibrationAt(stack.calibration, targetsUm),
      notes: [...stack.notes, ...notes],
    },
    chosen: { ...chosen, inputs, inputZ: null, choose },
    report: {
      ...{ model: chosen.model, device, inputs, inputZUm, targetsUm, notes },
      untrained: plans.map((plan) => plan.map(({ untrained }) => untrained)),
    },
    line: `${countOf(targetsUm.length, 'plane')} from ${countOf(perTarget, 'input')} with ${chosen.model} on ${device}`,
  };
}

/** What each model was not trained for, each sentence once. */
function marks(
  stack: ImageStack,
  models: readonly LoadedModel[],
  plans: readonly (readonly PlannedPlane[])[],
  { resample, perTarget }: { readonly resample: boolean; readonly perTarget: number },
): string[] {
  const notes = models.flatMap(({ summary }, c) => {
    const untrained = plans[c].map((planned) => planned.untrained);
    return domainNotes(summary, { stack, resample, untrained, inputCount: perTarget });
  });
  return [...new Set(notes)];
}

/** Heights of the planes to make; one that follows a surface is that surface, unless heights are added. */
function targetsOf(
  options: SettledParams,
  stackZUm: readonly number[],
  surface: ImageStack | undefined,
): number[] {
  const { planes, z: range, spacingUm } = options;
  const given = planes !== 'all' || range !== null || spacingUm !== null;
  if (!surface || given) return zTargets(options, stackZUm);
  return new Array<number>(surface.shape.z).fill(0);
}

async function holeNotes(
  { signal }: CommandContext,
  stack: ImageStack,
  inputs: readonly number[],
): Promise<string[]> {
  const planes = await planesWithHoles(stack, inputs, signal);
  if (planes.length === 0) return [];
  return [
    `Planes ${planeRanges(planes)} of the stack have pixels that are no finite numbers; they count as background.`,
  ];
}

function heights(stack: ImageStack): number[] {
  const stated = zPositionsUm(stack.calibration, stack.shape.z);
  if (stated) return stated;
  if (stack.shape.z === 1) return [0];
  throw new AxialError(
    'ImpossibleRequestError',
    'The file does not state the distance between its planes, which the network needs.',
    'State it under Image > Properties, or on the command line with --z-step-um 0.2.',
  );
}
