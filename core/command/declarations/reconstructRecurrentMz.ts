import { z } from 'zod';
import { zPositionsUm } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { uniformStep } from '#core/io/units/uniformStep';
import { defineCommand } from '#core/command/defineCommand';
import type { LoadedModel } from '#core/command/ModelLibrary';
import { domainNotes } from '#core/command/steps/domainNotes';
import { NORMALISATION_METHODS } from '#core/command/steps/normaliseStack';
import { networkInputs } from '#core/command/steps/networkInputs';
import { requirePlanes, zTargets } from '#core/command/steps/zTargets';
import { countOf } from '#core/util/countOf';
import { AxialError } from '#core/util/errors';

const planeNumber = z.int().min(0);

export const reconstructRecurrentMz = defineCommand({
  id: 'reconstruct.recurrentMz',
  title: 'Recurrent-MZ…',
  summary: 'Reconstructs planes at any height from a few measured ones with a recurrent network.',
  menu: ['Reconstruct'],
  accelerator: 'CmdOrCtrl+R',
  verb: 'reconstruct',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'volume', title: 'Reconstructed volume', kind: 'stack', flag: 'o' }],
  params: z.object({
    inputs: z.array(planeNumber).min(1).meta({
      title: 'Input planes',
      kind: 'planes',
      description: 'The measured planes that the network sees, counted from 0.',
    }),
    planes: z
      .union([z.literal('all'), z.array(planeNumber).min(1)])
      .default('all')
      .meta({
        title: 'Planes to make',
        kind: 'planes',
        description: 'At the heights of these planes of the stack.',
      }),
    z: z
      .string()
      .regex(/^-?[\d.]+:-?[\d.]+:[\d.]+$/, 'write START:STOP:STEP in micrometres')
      .nullable()
      .default(null)
      .meta({
        title: 'Heights to make',
        kind: 'zRange',
        unit: 'um',
        description: 'START:STOP:STEP from the first plane, instead of planes to make.',
      }),
    model: z.string().nullable().default(null).meta({
      title: 'Model',
      kind: 'model',
      description: 'Name of a network; without one, the first that is installed.',
    }),
    normalisation: z.enum(NORMALISATION_METHODS).default('paper').meta({
      title: 'Normalisation',
      description: 'How grey levels are scaled for the network, and back in the result.',
    }),
  }),
  async run(context, { stack }, params) {
    if (params.z !== null && params.planes !== 'all') {
      throw new AxialError(
        'UsageError',
        'Both planes and heights to make are given.',
        'Give either --planes or --z.',
      );
    }
    const stackZUm = heights(stack);
    requirePlanes(params.inputs, stack.shape.z);
    const inputs = [...new Set(params.inputs)].sort((a, b) => a - b);
    const targetsUm = zTargets(params, stackZUm);
    const model = await loadModel(context.models, params.model);
    const inputZUm = inputs.map((index) => stackZUm[index]);
    const notes = domainNotes(model.summary, { stack, inputZUm, targetsUm });
    notes.forEach((note) => context.note(note));
    const prepare = networkInputs(context, stack, { ...params, inputs, inputZUm });
    const shape = { ...stack.shape, z: targetsUm.length };
    const volume = mapPlanes(
      stack,
      async ({ t, c, z: index }, signal) => {
        const { planes, offset, scale } = await prepare(t, c);
        const size = { width: shape.x, height: shape.y };
        const refocused = await model.refocus(planes, targetsUm[index], size, signal);
        for (let i = 0; i < refocused.length; i++) refocused[i] = refocused[i] * scale + offset;
        return refocused;
      },
      {
        name: `${stack.name} ${model.summary.name}`,
        shape,
        pixelType: 'float32',
        calibration: volumeCalibration(stack, targetsUm),
        notes: [...stack.notes, ...notes],
      },
    );
    return {
      stacks: { volume },
      chosen: { model: model.summary.name },
      report: {
        model: model.summary.name,
        device: model.device,
        inputs,
        inputZUm,
        targetsUm,
        notes,
      },
      lines: [
        `${countOf(targetsUm.length, 'plane')} from ${countOf(inputs.length, 'input')} with ${model.summary.name} on ${model.device}`,
      ],
    };
  },
});

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

async function loadModel(
  models: {
    list(): Promise<readonly { name: string }[]>;
    load(name: string): Promise<LoadedModel>;
  },
  name: string | null,
): Promise<LoadedModel> {
  const chosen = name ?? (await models.list())[0]?.name;
  if (chosen !== undefined) return models.load(chosen);
  throw new AxialError('ImpossibleRequestError', 'No model is installed.', 'Install Axial again.');
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
