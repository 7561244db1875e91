import { z } from 'zod';
import { invertStack } from '#core/filter/invertStack';
import { defineCommand } from '#core/command/defineCommand';

export const editInvert = defineCommand({
  id: 'edit.invert',
  title: 'Invert',
  summary:
    'Makes the negative: integers from the largest of their type, 32 bits between the ends of the data.',
  menu: ['Edit'],
  accelerator: 'CmdOrCtrl+Shift+I',
  verb: 'invert',
  runShare: 0.3,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'inverted', title: 'Inverted stack', kind: 'stack', flag: 'o' }],
  params: z.object({}),
  async run(context, { stack }) {
    const inverted = await invertStack(stack, {
      signal: context.signal,
      onPlane: (done, total) =>
        context.progress({ fraction: done / total, step: `Reading plane ${done} of ${total}` }),
    });
    return { stacks: { inverted: { ...inverted, name: `${stack.name} inverted` } } };
  },
});
