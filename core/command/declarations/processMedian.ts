import { z } from 'zod';
import { defineCommand } from '#core/command/defineCommand';
import { filterStack } from '#core/command/steps/filterStack';

export const processMedian = defineCommand({
  id: 'process.median',
  title: 'Median…',
  summary: 'Replaces each pixel by the median of the disc around it, in every plane.',
  menu: ['Process', 'Filters'],
  verb: 'median',
  preview: 'plane',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'filtered', title: 'Filtered stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    radiusPx: z.number().positive().max(100).default(2).meta({
      title: 'Radius',
      flag: 'radius',
      unit: 'px',
      description: 'Radius of the disc, as ImageJ draws it: 1 is 3 x 3 pixels, 2 is 21 pixels.',
    }),
  }),
  run({ tasks }, { stack }, { radiusPx }) {
    const filtered = filterStack(
      stack,
      (plane, signal) =>
        tasks.run('medianFilter', { plane, radiusPx }, signal, [plane.data.buffer]),
      { name: `${stack.name} median` },
    );
    return Promise.resolve({ stacks: { filtered } });
  },
});
