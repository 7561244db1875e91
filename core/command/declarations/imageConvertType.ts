import { z } from 'zod';
import { convertStack } from '#core/image/convertStack';
import { PIXEL_TYPES } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';

export const imageConvertType = defineCommand({
  id: 'image.convertType',
  title: 'Convert Type…',
  summary: 'Converts to 8, 16 or 32 bits; says how values were mapped and keeps the mapping.',
  menu: ['Image'],
  verb: null,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'converted', title: 'Converted stack', kind: 'stack', flag: 'o' }],
  runShare: 0.3,
  params: z.object({
    pixelType: z.enum(PIXEL_TYPES).default('uint16').meta({
      title: 'Pixel type',
      description: 'Sample type of the result.',
    }),
  }),
  async run(context, { stack }, { pixelType }) {
    const converted = await convertStack(stack, pixelType, {
      signal: context.signal,
      onPlane: (done, total) =>
        context.progress({ fraction: done / total, step: `Reading plane ${done} of ${total}` }),
    });
    const lines = converted.notes.slice(stack.notes.length);
    lines.forEach((line) => context.note(line));
    return { stacks: { converted }, lines };
  },
});
