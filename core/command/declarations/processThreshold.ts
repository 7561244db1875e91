import { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import type { PixelArray } from '#core/image/PixelType';
import { countAbove, countLevelsAbove } from '#core/threshold/countAbove';
import type { Histogram } from '#core/threshold/Histogram';
import { streamHistogram } from '#core/threshold/streamHistogram';
import { THRESHOLD_METHODS, THRESHOLD_VARIANTS } from '#core/threshold/ThresholdMethod';
import { thresholdPlane } from '#core/threshold/thresholdPlane';
import type { ThresholdResult } from '#core/threshold/triangleThreshold';
import { requireFinite } from '#core/command/steps/requireFinite';
import type { CommandContext } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';

const params = z.object({
  method: z.enum(THRESHOLD_METHODS).default('triangle').meta({
    title: 'Method',
    description:
      'triangle suits a large background with a tail of signal; otsu two clear groups; li dim signal; mean and percentile are rough.',
  }),
  variant: z.enum(THRESHOLD_VARIANTS).default('fiji').meta({
    title: 'Variant',
    description:
      'Whose rules to follow. fiji: Auto Threshold, every grey level counts. imagej: the Threshold window, 256 classes. scikit-image has no huang and percentile, matlab only triangle.',
  }),
  lightBackground: z.boolean().default(false).meta({
    title: 'Light background',
    description:
      'Objects are darker than the background: the foreground is every value up to the threshold, not above it.',
  }),
});

export const processThreshold = defineCommand({
  id: 'process.threshold',
  title: 'Threshold…',
  summary: 'Separates foreground from background, over all planes of a channel together.',
  menu: ['Image', 'Adjust'],
  accelerator: 'CmdOrCtrl+Shift+T',
  verb: 'threshold',
  preview: 'mask',
  runShare: 0.4,
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
  params,
  async run(context, { stack }, options) {
    const results: ChannelThreshold[] = [];
    for (let t = 0; t < stack.shape.t; t++) {
      for (let c = 0; c < stack.shape.c; c++) {
        const result = await channelThreshold(context, stack, { t, c }, options);
        if (result.note !== null) context.note(result.note);
        results.push({ t, c, ...result });
        const fraction = results.length / (stack.shape.t * stack.shape.c);
        context.progress({ fraction, step: `Threshold of channel ${c}` });
      }
    }
    const [first] = results;
    return {
      stacks: { mask: maskOf(stack, results, options.lightBackground) },
      report: {
        ...options,
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

function maskOf(
  stack: ImageStack,
  results: readonly ChannelThreshold[],
  lightBackground: boolean,
): ImageStack {
  return mapPlanes(
    stack,
    async (index, signal) => {
      const { threshold } = results[index.t * stack.shape.c + index.c];
      const pixels = await stack.source.read(index, { lend: true, signal });
      return thresholdPlane(pixels, threshold, lightBackground);
    },
    { name: `${stack.name} mask`, pixelType: 'uint8', valueMapping: null },
  );
}

/** One threshold for all planes of a channel and time point, which are read one at a time. */
async function channelThreshold(
  context: Pick<CommandContext, 'signal' | 'progress' | 'tasks'>,
  stack: ImageStack,
  { t, c }: { readonly t: number; readonly c: number },
  options: z.infer<typeof params>,
): Promise<ThresholdResult> {
  const { signal } = context;
  const { x: width, y: height, z: planes } = stack.shape;
  const reads = stack.shape.t * stack.shape.c * planes * (stack.pixelType === 'float32' ? 3 : 1);
  let done = ((t * stack.shape.c + c) * reads) / (stack.shape.t * stack.shape.c);
  const read = async (z: number): Promise<PixelArray> => {
    const pixels = await stack.source.read({ t, c, z }, { lend: true, signal });
    signal.throwIfAborted();
    context.progress({
      fraction: ++done / reads,
      step: `Counting plane ${z + 1} of ${planes}`,
    });
    if (pixels instanceof Float32Array)
      requireFinite({ width, height, data: pixels }, z, stack.name);
    return pixels;
  };
  const histogram = await streamHistogram(planes, width, read);
  const { threshold, note } = await context.tasks.run(
    'autoThreshold',
    { histogram, ...options },
    signal,
  );
  const above = await countBrighter(histogram, threshold, planes, read);
  const foreground = options.lightBackground ? histogram.total - above : above;
  return {
    threshold,
    foregroundFraction: foreground / histogram.total,
    note: note ?? (foreground === 0 ? 'No value lies above the threshold.' : null),
  };
}

/** Fractions share bins, so their planes are looked at once more. */
async function countBrighter(
  histogram: Histogram,
  threshold: number,
  planes: number,
  read: (z: number) => Promise<PixelArray>,
): Promise<number> {
  if (histogram.integral) return countLevelsAbove(histogram, threshold);
  let above = 0;
  for (let z = 0; z < planes; z++) above += countAbove(await read(z), threshold);
  return above;
}
