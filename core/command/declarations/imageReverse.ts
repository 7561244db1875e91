import { z } from 'zod';
import { reverseStack } from '#core/stack/reverseStack';
import { defineCommand } from '#core/command/defineCommand';

export const imageReverse = defineCommand({
  id: 'image.reverse',
  title: 'Reverse…',
  summary: 'Puts the planes, or the time points, in the opposite order.',
  menu: ['Image', 'Stacks'],
  verb: 'reverse',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'reversed', title: 'Reversed stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    axis: z.enum(['z', 't']).default('z').meta({
      title: 'Axis',
      needsAxis: 't',
      description: 'z: planes, t: time points. Heights still rise from the new first plane.',
    }),
  }),
  run(_context, { stack }, { axis }) {
    const reversed = { ...reverseStack(stack, axis), name: `${stack.name} reversed` };
    return Promise.resolve({ stacks: { reversed } });
  },
});
