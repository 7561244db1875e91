import { z } from 'zod';
import { zPositionsUm } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { uniformStep } from '#core/io/units/uniformStep';
import type { CommandContext } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';
import { channelModels, modelFacts } from '#core/command/steps/channelModels';
import { domainNotes } from '#core/command/steps/domainNotes';
import { planesWithHoles } from '#core/command/steps/finiteStack';
import { inputPlanes } from '#core/command/steps/inputPlanes';
import { planHeights } from '#core/command/steps/planHeights';
import { planeRanges } from '#core/command/steps/planeRanges';
import { surfaceHeights } from '#core/command/steps/surfaceHeights';
import { volumePlanes } from '#core/command/steps/volumePlanes';
import { zTargets } from '#core/command/steps/zTargets';
import { countOf } from '#core/util/countOf';
import { AxialError } from '#core/util/errors';
import { inputParams, networkParams, targetParams } from './reconstructParams';

const params = z.object({ ...inputParams, ...targetParams, ...networkParams });

type Params = z.infer<typeof params>;

export const reconstructRecurrentMz = defineCommand({
  id: 'reconstruct.recurrentMz',
  title: 'Recurrent-MZ…',
  summary: 'Reconstructs planes at any height from a few measured ones with a recurrent network.',
  menu: ['Reconstruct'],
  accelerator: 'CmdOrCtrl+R',
  verb: 'reconstruct',
  runShare: 0.02,
  inputs: [
    { name: 'stack', title: 'Stack' },
    { name: 'surface', title: 'Height maps (um) that the planes to make follow', flag: 'surface' },
    {
      name: 'inputSurface',
      title: 'Height maps (um) that the measured planes follow',
      flag: 'input-surface',
    },
  ],
  outputs: [{ name: 'volume', title: 'Reconstructed volume', kind: 'stack', flag: 'o' }],
  params,
  async run(context, { stack, surface: targetMaps, inputSurface: inputMaps }, options) {
    const stackZUm = heights(stack);
    const models = await channelModels(context, options.model, stack.shape.c, options.modelSha256);
    const usual = Math.min(...models.map(({ summary }) => summary.maxInputs));
    const { inputs, perTarget } = inputPlanes(options, stackZUm, usual);
    const targetsUm = targetsOf(options, stackZUm, targetMaps);
    const inputZUm = inputs.map((index) => stackZUm[index]);
    const { signal } = context;
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
    const domain = models.flatMap(({ summary }, c) =>
      domainNotes(summary, {
        ...{ stack, resample: options.resample },
        untrained: plans[c].map(({ untrained }) => untrained),
        inputCount: perTarget,
      }),
    );
    const notes = [...new Set([...domain, ...(await holeNotes(context, stack, inputs))])];
    notes.forEach((note) => context.note(note));
    const request = { stack, inputs, inputZUm, targetsUm, plan: plans[0], models };
    const facts = modelFacts(models);
    const volume = mapPlanes(
      stack,
      volumePlanes(context, { ...options, ...request, surface, inputSurface }),
      {
        name: `${stack.name} ${facts.model}`,
        shape: { ...stack.shape, z: targetsUm.length },
        pixelType: 'float32',
        slow: true,
        calibration: volumeCalibration(stack, targetsUm),
        notes: [...stack.notes, ...notes],
      },
    );
    const { device } = models[0];
    return {
      stacks: { volume },
      chosen: {
        ...facts,
        inputs,
        inputZ: null,
        ...(options.choose === 'even' && { choose: 'user' }),
      },
      report: {
        ...{ model: facts.model, device, inputs, inputZUm, targetsUm },
        untrained: plans.map((plan) => plan.map(({ untrained }) => untrained)),
        notes,
      },
      lines: [
        `${countOf(targetsUm.length, 'plane')} from ${countOf(perTarget, 'input')} with ${facts.model} on ${device}`,
      ],
    };
  },
});

/** Heights of the planes to make; one that follows a surface is that surface, unless heights are added. */
function targetsOf(
  options: Params,
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

function volumeCalibration(
  stack: ImageStack,
  targetsUm: readonly number[],
): ImageStack['calibration'] {
  const relative = targetsUm.map((z) => z - targetsUm[0]);
  const stepUm = uniformStep(relative);
  const { calibration } = stack;
  const z = stepUm === null || stepUm <= 0 ? null : Math.round(stepUm * 1e6) / 1e6;
  return {
    ...calibration,
    pixelSizeUm: {
      ...calibration.pixelSizeUm,
      z: targetsUm.length === 1 ? calibration.pixelSizeUm.z : z,
    },
    zPositionsUm: z === null && targetsUm.length > 1 ? relative : null,
  };
}
