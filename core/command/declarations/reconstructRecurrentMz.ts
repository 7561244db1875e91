import { mapPlanes } from '#core/image/mapPlanes';
import { defineCommand } from '#core/command/defineCommand';
import { planVolume } from '#core/command/steps/planVolume';
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
  params: reconstructionParams,
  async run(context, { stack, surface, inputSurface }, options) {
    const planned = await planVolume(context, { stack, surface, inputSurface }, options);
    const { taskOf, facts, chosen, report, line } = planned;
    const volume = mapPlanes(stack, volumePlanes(taskOf), facts);
    return { stacks: { volume }, chosen, report, lines: [line] };
  },
});
