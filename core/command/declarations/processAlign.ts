import { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { toPixelType } from '#core/image/toPixelType';
import { readPlane } from '#core/image/readPlane';
import { ALIGNMENT_REFERENCES } from '#core/registration/planAlignment';
import { INTERPOLATIONS } from '#core/registration/planeSampler';
import type { ResampleOptions } from '#core/registration/resamplePlane';
import { parseTransforms } from '#core/command/steps/parseTransforms';
import { TRANSFORM_MODELS } from '#core/registration/TransformModel';
import type { Transforms } from '#core/registration/Transforms';
import { defineCommand } from '#core/command/defineCommand';
import { alignmentSeries, alignSeries } from '#core/command/steps/alignSeries';
import { driftLines, failedPlanesNote } from '#core/command/steps/driftLines';
import { DRIFT_OUTPUTS, driftTexts } from '#core/command/steps/driftTexts';
import type { CommandContext } from '#core/command/CommandContext';
import { AxialError } from '#core/util/errors';
import type { MacroValue } from '#core/image/History';

/** Saved transforms are applied as they are. */
const REGISTERING = { apply: [''] };
const FIRST = { ...REGISTERING, reference: ['first'] };
const ANCHORED = { ...REGISTERING, reference: ['previous', 'global'] };
const CUBIC = { interpolation: ['cubic'] };

export const processAlign = defineCommand({
  id: 'process.align',
  title: 'Align Stack…',
  summary: 'Removes drift: registers the planes to each other and resamples each once.',
  menu: ['Process', 'Registration'],
  verb: 'align',
  runShare: 0.65,
  inputs: [
    { name: 'stack', title: 'Stack' },
    { name: 'mask', title: 'Mask (0 is not compared)', flag: 'mask' },
  ],
  outputs: [
    { name: 'aligned', title: 'Aligned stack', kind: 'stack', flag: 'o' },
    {
      name: 'transforms',
      title: 'Transforms (JSON)',
      kind: 'json',
      flag: 'transforms',
      optional: true,
    },
    ...DRIFT_OUTPUTS,
  ],
  params: z.object({
    model: z.enum(TRANSFORM_MODELS).default('rigid').meta({
      title: 'Transformation',
      appliesTo: REGISTERING,
      description: 'What may happen between planes; rigid is a shift and a turn.',
    }),
    reference: z.enum(ALIGNMENT_REFERENCES).default('previous').meta({
      title: 'Register to',
      appliesTo: REGISTERING,
      description:
        'previous: the plane before, for z-stacks; errors add up over hundreds of planes. global: several planes before, all solved together, along z only the drift that is beyond chance; first and mean: repeated images of one plane, where nothing adds up.',
    }),
    firstCount: z.int().min(1).default(1).meta({
      title: 'First planes',
      appliesTo: FIRST,
      description: 'How many planes are averaged as the reference "first".',
    }),
    anchor: z.int().min(0).default(0).meta({
      title: 'Anchor',
      advanced: true,
      appliesTo: ANCHORED,
      description: 'The plane that stays where it is with "previous" and "global"; from 0.',
    }),
    movingAverage: z.int().min(1).default(1).meta({
      title: 'Moving average',
      advanced: true,
      unit: 'planes',
      appliesTo: REGISTERING,
      description: 'Register every plane as the mean of this many around it, against noise.',
    }),
    channel: z.int().min(0).default(0).meta({
      title: 'Channel',
      kind: 'channel',
      appliesTo: REGISTERING,
      description: 'Channel that is registered; the others move with it.',
    }),
    apply: z.string().optional().meta({
      title: 'Saved transforms',
      advanced: true,
      kind: 'openPath',
      description:
        'A JSON of "--transforms" or of the drift view; moves the planes by it instead of registering them.',
    }),
    interpolation: z.enum(INTERPOLATIONS).default('cubic').meta({
      title: 'Interpolation',
      advanced: true,
      description: 'How pixels are read between pixels; nearest keeps values, for labels.',
    }),
    overshoot: z.enum(['limit', 'keep']).default('limit').meta({
      title: 'Overshoot',
      advanced: true,
      appliesTo: CUBIC,
      description:
        'limit holds cubic results within the 4 x 4 pixels around; keep is the plain spline, as in StackReg.',
    }),
    border: z
      .union([z.enum(['edge', 'zero']), z.number()])
      .default('edge')
      .meta({
        title: 'Border',
        advanced: true,
        description:
          'What fills the rim that a moved plane leaves: its nearest pixel, 0 as in StackReg, or a value. Zeros would count as background later.',
      }),
  }),
  async run(
    context,
    { stack, mask },
    { apply, channel, interpolation, overshoot, border, ...options },
  ) {
    if (channel >= stack.shape.c) {
      throw new AxialError(
        'ImpossibleRequestError',
        `There is no channel ${channel}; the stack has ${stack.shape.c}.`,
        'Channels count from 0.',
      );
    }
    const series =
      apply === undefined || apply === ''
        ? await alignSeries(context, stack, { ...options, channel, mask })
        : parseTransforms(await context.files.readText(apply), apply, stack);
    const failed = failedPlanesNote(series);
    if (failed !== null) context.note(failed);
    const { model, reference } = series[0];
    return {
      stacks: {
        aligned: resampled(context, stack, series, { interpolation, overshoot, border }),
      },
      texts: {
        transforms: `${JSON.stringify(series.length === 1 ? series[0] : series, null, 2)}\n`,
        ...driftTexts(stack, series),
      },
      report: { model, reference, series: series as unknown as MacroValue },
      lines: driftLines(series),
    };
  },
});

/** The stack with every plane resampled once, from its raw pixels, when it is read. */
function resampled(
  { tasks }: Pick<CommandContext, 'tasks'>,
  stack: ImageStack,
  transforms: readonly Transforms[],
  options: ResampleOptions,
): ImageStack {
  const { positionOf } = alignmentSeries(stack);
  return mapPlanes(
    stack,
    async (index, signal) => {
      const { s, i } = positionOf(index);
      const { matrix, xy } = transforms[s].planes[i];
      const plane = await readPlane(stack, index, { signal });
      const map = xy ? { matrix, xy } : { matrix };
      const input = { plane, map, options: { ...options, clampTo: stack.pixelType } };
      const { data } = await tasks.run('resamplePlane', input, signal, [plane.data.buffer]);
      return toPixelType(data, stack.pixelType);
    },
    { name: `${stack.name} aligned` },
  );
}
