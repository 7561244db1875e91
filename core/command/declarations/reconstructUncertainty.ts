import { z } from 'zod';
import { mapPlanes } from '#core/image/mapPlanes';
import { defineCommand } from '#core/command/defineCommand';
import { ensemblePlanes } from '#core/command/steps/ensemblePlanes';
import { planVolume } from '#core/command/steps/planVolume';
import { suggestedInputs } from '#core/command/steps/suggestedInputs';
import { reconstructionInputs, reconstructionParams } from './reconstructParams';

export const reconstructUncertainty = defineCommand({
  id: 'reconstruct.uncertainty',
  title: 'Uncertainty…',
  summary:
    'Maps how much a reconstruction changes when its inputs are flipped, turned or left out.',
  menu: ['Reconstruct'],
  verb: 'uncertainty',
  runShare: 0.02,
  inputs: reconstructionInputs,
  outputs: [{ name: 'spread', title: 'Uncertainty in grey levels', kind: 'stack', flag: 'o' }],
  params: z.object({
    ...reconstructionParams.shape,
    what: z.enum(['deviation', 'mean']).default('deviation').meta({
      title: 'What to show',
      description:
        'deviation: standard deviation of each pixel over 8 flips and quarter turns and over leaving out each input; mean: their mean. Takes about ten times as long as the reconstruction.',
    }),
  }),
  async run(context, { stack, surface, inputSurface }, asked) {
    const request = { stack, surface, inputSurface };
    const { given, options } = await suggestedInputs(context, request, asked);
    const planned = await planVolume(context, given, options);
    const { taskOf, facts, chosen, report, line } = planned;
    const name = `${facts.name} ${options.what}`;
    const spread = mapPlanes(stack, ensemblePlanes(taskOf, options.what), { ...facts, name });
    return { stacks: { spread }, chosen, report, lines: [line] };
  },
});
