import { z } from 'zod';
import { mapPlanes } from '#core/image/mapPlanes';
import { defineCommand } from '#core/command/defineCommand';
import { planVolume } from '#core/command/steps/planVolume';
import { suggestedInputs } from '#core/command/steps/suggestedInputs';
import { volumePlanes } from '#core/command/steps/volumePlanes';
import { reconstructionInputs, reconstructionParams } from './reconstructParams';

export const reconstructRecurrentMz = defineCommand({
  id: 'reconstruct.recurrentMz',
  title: 'Recurrent-MZ…',
  summary: 'Reconstructs planes at any height from a few measured ones with a recurrent network.',
  menu: ['Reconstruct'],
  accelerator: 'CmdOrCtrl+R',
  verb: 'reconstruct',
  runShare: 0.02,
  inputs: reconstructionInputs,
  outputs: [{ name: 'volume', title: 'Reconstructed volume', kind: 'stack', flag: 'o' }],
  params: z.object({
    ...reconstructionParams.shape,
    epsilon: z.number().positive().max(10).nullable().default(null).meta({
      title: 'Stop adding inputs',
      advanced: true,
      description:
        'Adds inputs one by one, the nearest first, until a plane changes by less than this; bright structure is about 1. Empty: all inputs at once.',
    }),
  }),
  async run(context, { stack, surface, inputSurface }, asked) {
    const request = { stack, surface, inputSurface };
    const { given, options } = await suggestedInputs(context, request, asked);
    const planned = await planVolume(context, given, options);
    const { taskOf, facts, chosen, report, line } = planned;
    const volume = mapPlanes(stack, volumePlanes(taskOf, options.epsilon), facts);
    return { stacks: { volume }, chosen, report, lines: [line] };
  },
});
