import { z } from 'zod';
import { AXIS_ORDERS, reorderAxes } from '#core/stack/reorderAxes';
import { defineCommand } from '#core/command/defineCommand';
import { newNotes, shapeLine } from '#core/command/steps/resultLines';

export const imageReorderAxes = defineCommand({
  id: 'image.reorderAxes',
  title: 'Re-order Axes…',
  summary: 'Gives time, channel and depth other roles, for files that were read wrongly.',
  menu: ['Image', 'Stacks'],
  verb: 'reorder',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'reordered', title: 'Stack with other axes', kind: 'stack', flag: 'o' }],
  params: z.object({
    order: z.enum(AXIS_ORDERS).default('zct').meta({
      title: 'Order',
      description:
        'Old axes that become time, channel and depth: zct makes time points of planes and planes of time points, tzc swaps channels and planes.',
    }),
  }),
  run(context, { stack }, { order }) {
    const reordered = { ...reorderAxes(stack, order), name: `${stack.name} reordered` };
    newNotes(reordered, stack).forEach((note) => context.note(note));
    return Promise.resolve({ stacks: { reordered }, lines: [shapeLine(reordered)] });
  },
});
