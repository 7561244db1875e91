import { z } from 'zod';
import { RESLICE_VIEWS, resliceStack } from '#core/stack/resliceStack';
import { defineCommand } from '#core/command/defineCommand';
import { newNotes, shapeLine } from '#core/command/steps/resultLines';

export const imageReslice = defineCommand({
  id: 'image.reslice',
  title: 'Reslice…',
  summary: 'Cuts the stack across, into planes of x and z or of y and z.',
  menu: ['Image', 'Stacks'],
  verb: 'reslice',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'resliced', title: 'Resliced stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    view: z.enum(RESLICE_VIEWS).default('xz').meta({
      title: 'View',
      description: 'xz: a plane for each row. yz: a plane for each column. Depth runs downwards.',
    }),
  }),
  run(context, { stack }, { view }) {
    const resliced = { ...resliceStack(stack, view), name: `${stack.name} ${view}` };
    newNotes(resliced, stack).forEach((note) => context.note(note));
    return Promise.resolve({ stacks: { resliced }, lines: [shapeLine(resliced)] });
  },
});
