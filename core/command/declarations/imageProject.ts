import { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import { PROJECTION_METHODS, projectStack, type ProjectOptions } from '#core/stack/projectStack';
import { projectTime } from '#core/stack/projectTime';
import { defineCommand } from '#core/command/defineCommand';
import { computeSmall } from '#core/command/steps/computeSmall';
import { shapeLine } from '#core/command/steps/resultLines';

export const imageProject = defineCommand({
  id: 'image.project',
  title: 'Z Project…',
  summary: 'Projects all planes (or all time points) into one.',
  menu: ['Image', 'Stacks'],
  verb: 'project',
  runShare: 0.8,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'projection', title: 'Projection', kind: 'stack', flag: 'o' }],
  params: z.object({
    method: z.enum(PROJECTION_METHODS).default('max').meta({
      title: 'Method',
      description:
        'max and min keep the pixel type; mean, sum, std (divided by n - 1) and median give 32 bits.',
    }),
    axis: z.enum(['z', 't']).default('z').meta({
      title: 'Axis',
      needsAxis: 't',
      description: 'z: planes of each time point, t: time points of each plane.',
    }),
  }),
  async run(context, { stack }, { method, axis }) {
    const count = stack.shape[axis];
    const results = (stack.shape.t * stack.shape.c * stack.shape.z) / count;
    const step = `Projecting ${count} ${axis === 'z' ? 'planes' : 'time points'}`;
    let done = 0;
    let running = true;
    const options: ProjectOptions = {
      medianOf: (band, signal) =>
        context.tasks.run('medianOfBand', band, signal, [band.pixels.buffer]),
      onFraction: (fraction: number) => {
        // Planes that are made later belong to the progress of whoever reads them.
        if (!running) return;
        context.progress({ fraction: Math.min(1, (done + fraction) / results), step });
        if (fraction === 1) done++;
      },
    };
    const project = axis === 'z' ? projectStack : projectTime;
    const lazy: ImageStack = {
      ...project(stack, method, options),
      name: `${stack.name} ${method} projection`,
    };
    const projection = await computeSmall(context, lazy);
    running = false;
    return { stacks: { projection }, lines: [shapeLine(projection)] };
  },
});
