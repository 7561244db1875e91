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
import type { PlaneTransform, Transforms } from '#core/registration/Transforms';
import type { SuspectReason } from '#core/registration/flagSuspectPlanes';
import { planeRanges } from '#core/command/steps/planeRanges';
import { defineCommand } from '#core/command/defineCommand';
import { alignmentSeries, alignSeries } from '#core/command/steps/alignSeries';
import type { CommandContext } from '#core/command/CommandContext';
import { AxialError } from '#core/util/errors';
import type { MacroValue } from '#core/image/History';

export const processAlign = defineCommand({
  id: 'process.align',
  title: 'Align Stack…',
  summary: 'Removes drift: registers the planes to each other and resamples each once.',
  menu: ['Process', 'Registration'],
  verb: 'align',
  inputs: [
    { name: 'stack', title: 'Stack' },
    { name: 'mask', title: 'Mask, 0 where pixels must not count', flag: 'mask' },
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
  ],
  params: z.object({
    model: z.enum(TRANSFORM_MODELS).default('rigid').meta({
      title: 'Transformation',
      description: 'What may happen between planes; rigid is a shift and a turn.',
    }),
    reference: z.enum(ALIGNMENT_REFERENCES).default('previous').meta({
      title: 'Register to',
      description:
        'previous: the plane before, for z-stacks; global: several planes before, all solved together, and only the drift that is beyond chance; first and mean: repeated images of one plane.',
    }),
    firstCount: z.int().min(1).default(1).meta({
      title: 'First planes',
      description: 'How many planes are averaged as the reference "first".',
    }),
    anchor: z.int().min(0).default(0).meta({
      title: 'Anchor',
      description: 'The plane that stays where it is with "previous" and "global"; from 0.',
    }),
    movingAverage: z.int().min(1).default(1).meta({
      title: 'Moving average',
      description: 'Register every plane as the mean of this many around it, against noise.',
    }),
    channel: z.int().min(0).default(0).meta({
      title: 'Channel',
      description: 'Channel that is registered; the others move with it.',
    }),
    apply: z.string().optional().meta({
      title: 'Saved transforms',
      kind: 'openPath',
      description: 'A JSON of --transforms to move the planes by, instead of registering them.',
    }),
    interpolation: z.enum(INTERPOLATIONS).default('cubic').meta({
      title: 'Interpolation',
      description: 'How pixels are read between pixels; nearest keeps values, for labels.',
    }),
    overshoot: z.enum(['limit', 'keep']).default('limit').meta({
      title: 'Overshoot',
      description:
        'limit holds cubic results within the 4 x 4 pixels around; keep is the plain spline, as in StackReg.',
    }),
    border: z
      .union([z.enum(['edge', 'zero']), z.number()])
      .default('edge')
      .meta({
        title: 'Border',
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
    const flagged = series.flatMap(({ planes }) => planes.filter(({ suspect }) => suspect));
    if (flagged.length > 0) {
      const planes = flagged.length === 1 ? 'plane' : 'planes';
      context.note(
        `Registration probably failed on ${planes} ${planeRanges(flagged.map(({ index }) => index))}; look there before going on.`,
      );
    }
    const { model, reference } = series[0];
    return {
      stacks: {
        aligned: resampled(context, stack, series, { interpolation, overshoot, border }),
      },
      texts: {
        transforms: `${JSON.stringify(series.length === 1 ? series[0] : series, null, 2)}\n`,
      },
      report: { model, reference, series: series as unknown as MacroValue },
      lines: [driftLine(series), ...believedLines(series), flaggedLine(flagged)],
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
      const { data } = await tasks.run('resamplePlane', input, signal);
      return toPixelType(data, stack.pixelType);
    },
    { name: `${stack.name} aligned` },
  );
}

function driftLine(series: readonly Transforms[]): string {
  const planes = series.flatMap((transforms) => transforms.planes);
  const farthest = planes.reduce((a, b) => (b.displacementPx > a.displacementPx ? b : a));
  return `Largest drift ${farthest.displacementPx.toFixed(2)} px at plane ${farthest.index}`;
}

/** How much of what was measured was put into the stack, where some of it could be chance. */
function believedLines(series: readonly Transforms[]): string[] {
  return series.flatMap(({ drift }) => {
    if (!drift) return [];
    const [shift, shape] = [drift.shiftShare, drift.shapeShare].map(
      (share) => `${Math.round(100 * share)} %`,
    );
    return [
      `Corrected ${shift} of the slow shift and ${shape} of the slow turn that were measured; what is left could be chance (up to ${drift.shiftErrorPx.toFixed(1)} px)`,
    ];
  });
}

const REASONS: { readonly [reason in SuspectReason]: string } = {
  'not-converged': 'no best position was found',
  'low-correlation': 'the planes have too little in common',
  'difference-rose': 'the planes differ more than before',
  outlier: 'far less in common than the other planes have',
  'large-displacement': 'the plane would move very far',
  'better-shift-exists': 'another shift or turn fits better at low resolution',
  'pairs-disagree': 'its pairs contradict the other planes',
  'beyond-a-failed-plane': 'displaced by a failed plane before it',
};

function flaggedLine(flagged: readonly PlaneTransform[]): string {
  if (flagged.length === 0) return 'No plane flagged';
  const byReason = (Object.keys(REASONS) as SuspectReason[])
    .map((reason) => ({
      reason,
      planes: flagged.filter(({ reasons }) => reasons.includes(reason)),
    }))
    .filter(({ planes }) => planes.length > 0)
    .map(
      ({ reason, planes }) =>
        `${planeRanges(planes.map(({ index }) => index))} (${REASONS[reason]})`,
    );
  return `Flagged: ${byReason.join('; ')}`;
}
