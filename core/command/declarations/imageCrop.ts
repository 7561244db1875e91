import { z } from 'zod';
import { cropStack } from '#core/stack/cropStack';
import { defineCommand } from '#core/command/defineCommand';
import { shapeLine } from '#core/command/steps/resultLines';

const corner = (title: string, description: string) =>
  z.int().min(0).default(0).meta({ title, description, unit: 'px' });
const side = (title: string, description: string) =>
  z.int().min(1).nullable().default(null).meta({ title, description, unit: 'px' });

export const imageCrop = defineCommand({
  id: 'image.crop',
  title: 'Crop…',
  summary: 'Cuts a rectangle out of all planes.',
  menu: ['Image'],
  accelerator: 'CmdOrCtrl+Shift+X',
  verb: 'crop',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'cropped', title: 'Cropped stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    x: corner('x', 'First column, counted from 0.'),
    y: corner('y', 'First row, counted from 0.'),
    width: side('Width', 'Number of columns; by default as far as the image goes.'),
    height: side('Height', 'Number of rows; by default as far as the image goes.'),
  }),
  run(_context, { stack }, { x, y, width, height }) {
    const region = {
      ...{ x, y },
      width: width ?? Math.max(1, stack.shape.x - x),
      height: height ?? Math.max(1, stack.shape.y - y),
    };
    const cropped = { ...cropStack(stack, region), name: `${stack.name} cropped` };
    return Promise.resolve({
      stacks: { cropped },
      report: { ...region },
      lines: [shapeLine(cropped)],
    });
  },
});
