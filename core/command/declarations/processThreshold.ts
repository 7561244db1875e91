import { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import type { Plane } from '#core/image/Plane';
import { readPlane } from '#core/image/readPlane';
import { thresholdPlane } from '#core/threshold/thresholdPlane';
import type { ThresholdResult } from '#core/threshold/triangleThreshold';
import { requireFinite } from '#core/command/steps/requireFinite';
import type { CommandContext } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';

export const processThreshold = defineCommand({
  id: 'process.threshold',
  title: 'Threshold…',
  summary:
    'Separates foreground from background by the triangle method, over all planes of a channel.',
  menu: ['Process'],
  accelerator: 'CmdOrCtrl+Shift+T',
  verb: 'threshold',
  inputs: [{ name: 'stack', title: 'Image' }],
  outputs: [
    {
      name: 'mask',
      title: 'Mask: 255 in the foreground',
      kind: 'stack',
      flag: 'o',
      optional: true,
    },
  ],
  params: z.object({
    method: z.enum(['triangle']).default('triangle').meta({
      title: 'Method',
      description: 'How the threshold is found.',
    }),
    variant: z.enum(['imagej', 'scikit-image']).default('imagej').meta({
      title: 'Variant',
      description:
        'Whose rules to follow; they differ by one grey level. Both count every grey level of 16 bits, as the Auto Threshold of Fiji does; the Threshold window of ImageJ counts 256 classes.',
    }),
  }),
  async run(context, { stack }, { method, variant }) {
    const results: ChannelThreshold[] = [];
    for (let t = 0; t < stack.shape.t; t++) {
      for (let c = 0; c < stack.shape.c; c++) {
        const plane = await allPlanes(context, stack, t, c);
        const result = await context.tasks.run(
          'triangleThreshold',
          { plane, variant },
          context.signal,
        );
        if (result.note !== null) context.note(result.note);
        results.push({ t, c, ...result });
      }
    }
    const [first] = results;
    const mask = mapPlanes(
      stack,
      async (index, signal) => {
        const { threshold } = results[index.t * stack.shape.c + index.c];
        return thresholdPlane(await readPlane(stack, index, { signal }), threshold);
      },
      { name: `${stack.name} mask`, pixelType: 'uint8', valueMapping: null },
    );
    return {
      stacks: { mask },
      report: {
        method,
        variant,
        threshold: first.threshold,
        foregroundFraction: first.foregroundFraction,
        channels: results.map((result) => ({ ...result })),
      },
      lines: results.map(({ t, c, threshold, foregroundFraction }) => {
        const where = results.length > 1 ? ` (channel ${c}, time point ${t})` : '';
        return `Threshold ${threshold}${where}: ${(foregroundFraction * 100).toFixed(1)} % foreground`;
      }),
    };
  },
});

interface ChannelThreshold extends ThresholdResult {
  readonly t: number;
  readonly c: number;
}

/** All planes of one channel and time point under each other, so that they share one histogram. */
async function allPlanes(
  context: Pick<CommandContext, 'signal' | 'progress'>,
  stack: ImageStack,
  t: number,
  c: number,
): Promise<Plane> {
  const { x: width, y: height, z: planes } = stack.shape;
  const data = new Float32Array(width * height * planes);
  for (let z = 0; z < planes; z++) {
    const plane = await readPlane(stack, { t, c, z }, { signal: context.signal });
    requireFinite(plane, z, stack.name);
    data.set(plane.data, z * width * height);
    context.progress({ fraction: (z + 1) / planes, step: `Reading plane ${z + 1} of ${planes}` });
  }
  return { width, height: height * planes, data };
}
