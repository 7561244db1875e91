import { z } from 'zod';
import { defineCommand } from '#core/command/defineCommand';
import { adviseInputs, CHECKED_PLANES, TRIED_SIDE_PX } from '#core/command/steps/adviseInputs';
import { reconstructionParams } from './reconstructParams';

const { model, normalisation, resample } = reconstructionParams.shape;

const params = z.object({
  most: z.int().min(1).max(9).default(4).meta({
    title: 'Most inputs',
    description: 'Choices of 1 up to so many planes are compared.',
  }),
  planes: z.int().min(1).max(100).default(CHECKED_PLANES).meta({
    title: 'Planes to check',
    description: 'So many measured planes are left out, reconstructed and compared.',
  }),
  sidePx: z.int().min(32).max(4096).default(TRIED_SIDE_PX).meta({
    title: 'Field',
    unit: 'px',
    description: 'Side of the square in the middle of the image that is tried.',
  }),
  channel: z
    .int()
    .min(0)
    .default(0)
    .meta({ title: 'Channel', kind: 'channel', description: 'Channel that is tried.' }),
  ...{ model, normalisation, resample },
});

export const reconstructAdvise = defineCommand({
  id: 'reconstruct.advise',
  title: 'Which Planes to Measure…',
  summary:
    'Compares choices of input planes on a measured stack: which, and how many, are worth measuring.',
  menu: ['Reconstruct'],
  verb: 'advise',
  inputs: [{ name: 'stack', title: 'Measured stack' }],
  outputs: [],
  params,
  recorded: false,
  async run(context, { stack }, options) {
    const { tried, best, checked, heightsUm } = await adviseInputs(context, stack, options);
    return {
      report: {
        suggested: best.inputs,
        heightsUm,
        checkedPlanes: checked,
        choices: tried.map((choice) => ({ ...choice })),
      },
      lines: [
        `Checked on planes ${checked.join(', ')}, which no choice holds:`,
        ...tried.map(
          (choice) =>
            `  ${choice === best ? '*' : ' '} ${choice.inputs.join(', ').padEnd(18)} ${choice.psnrDb.toFixed(2)} dB (worst plane ${choice.worstDb.toFixed(2)})  ${choice.how}`,
        ),
        `Suggested: planes ${best.inputs.join(', ')}, at ${heightsUm.map((zUm) => zUm.toFixed(2)).join(', ')} um`,
      ],
    };
  },
});
