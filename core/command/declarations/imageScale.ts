import { z } from 'zod';
import { INTERPOLATIONS } from '#core/filter/resampleWeights';
import { scaledCalibration } from '#core/stack/scaledCalibration';
import { scaledSize } from '#core/stack/scaledSize';
import { defineCommand } from '#core/command/defineCommand';
import { filterStack } from '#core/command/steps/filterStack';
import { shapeLine } from '#core/command/steps/resultLines';

const NO_FACTOR = { factor: [''] };
const NO_SIDE = { width: [''], height: [''] };
const side = (title: string, description: string) =>
  z
    .int()
    .min(1)
    .max(65_535)
    .nullable()
    .default(null)
    .meta({ title, description, unit: 'px', appliesTo: NO_FACTOR });

export const imageScale = defineCommand({
  id: 'image.scale',
  title: 'Scale…',
  summary: 'Resamples all planes to another size in pixels; the pixel size changes with it.',
  menu: ['Image'],
  verb: 'scale',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'scaled', title: 'Scaled stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    factor: z.number().positive().max(100).nullable().default(null).meta({
      title: 'Factor',
      appliesTo: NO_SIDE,
      description: 'New width and height as multiples of the old; empty it to give them in pixels.',
    }),
    width: side('Width', 'New number of columns; by default in proportion to the height.'),
    height: side('Height', 'New number of rows; by default in proportion to the width.'),
    interpolation: z.enum(INTERPOLATIONS).default('linear').meta({
      title: 'Interpolation',
      description:
        'linear and cubic average over more pixels when the image gets smaller; area keeps the mean; nearest keeps single values, as of masks.',
    }),
  }),
  run({ tasks }, { stack }, { factor, width, height, interpolation }) {
    const size = scaledSize(stack.shape, { factor, width, height });
    const shape = { ...stack.shape, x: size.width, y: size.height };
    const scaled = filterStack(
      stack,
      (plane, signal) =>
        tasks.run('resizePlane', { plane, size, interpolation }, signal, [plane.data.buffer]),
      {
        name: `${stack.name} scaled`,
        shape,
        calibration: scaledCalibration(stack.calibration, stack.shape, shape),
      },
    );
    return Promise.resolve({
      stacks: { scaled },
      report: { ...size },
      lines: [shapeLine(scaled)],
    });
  },
});
