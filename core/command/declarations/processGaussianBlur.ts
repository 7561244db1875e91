import { z } from 'zod';
import { defineCommand } from '#core/command/defineCommand';
import { filterStack } from '#core/command/steps/filterStack';

export const processGaussianBlur = defineCommand({
  id: 'process.gaussianBlur',
  title: 'Gaussian Blur…',
  summary: 'Smooths every plane with a Gaussian.',
  menu: ['Process', 'Filters'],
  verb: 'blur',
  preview: 'plane',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'blurred', title: 'Blurred stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    sigmaPx: z.number().positive().max(1000).default(2).meta({
      title: 'Sigma',
      flag: 'sigma',
      unit: 'px',
      description:
        'Standard deviation. The kernel ends at 4 sigma; beyond the border the nearest pixel goes on.',
    }),
  }),
  run({ tasks }, { stack }, { sigmaPx }) {
    const blurred = filterStack(
      stack,
      (plane, signal) => tasks.run('gaussianBlur', { plane, sigmaPx }, signal, [plane.data.buffer]),
      { name: `${stack.name} blurred` },
    );
    return Promise.resolve({ stacks: { blurred } });
  },
});
