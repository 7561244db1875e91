import { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { toPixelType } from '#core/image/toPixelType';
import { readPlane } from '#core/image/readPlane';
import { ALIGNMENT_REFERENCES } from '#core/registration/planAlignment';
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
  inputs: [{ name: 'stack', title: 'Stack' }],
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
      description: 'previous suits z-stacks; first and mean suit repeated images of one plane.',
    }),
    channel: z.int().min(0).default(0).meta({
      title: 'Channel',
      description: 'Channel that is registered; the others move with it.',
    }),
    border: z.enum(['edge', 'zero']).default('edge').meta({
      title: 'Border',
      description:
        'What fills the rim that a moved plane leaves: its nearest pixel, or 0 as in StackReg. Zeros would count as background later.',
    }),
  }),
  async run(context, { stack }, { model, reference, channel, border }) {
    if (channel >= stack.shape.c) {
      throw new AxialError(
        'ImpossibleRequestError',
        `There is no channel ${channel}; the stack has ${stack.shape.c}.`,
        'Channels count from 0.',
      );
    }
    const series = await alignSeries(context, stack, { model, reference, channel });
    const flagged = series.flatMap(({ planes }) => planes.filter(({ suspect }) => suspect));
    if (flagged.length > 0) {
      const planes = flagged.length === 1 ? 'plane' : 'planes';
      context.note(
        `Registration probably failed on ${planes} ${planeRanges(flagged.map(({ index }) => index))}; look there before going on.`,
      );
    }
    return {
      stacks: { aligned: resampled(context, stack, series, border) },
      texts: {
        transforms: `${JSON.stringify(series.length === 1 ? series[0] : series, null, 2)}\n`,
      },
      report: { model, reference, series: series as unknown as MacroValue },
      lines: [driftLine(series), flaggedLine(flagged)],
    };
  },
});

/** The stack with every plane resampled once, from its raw pixels, when it is read. */
function resampled(
  { tasks }: Pick<CommandContext, 'tasks'>,
  stack: ImageStack,
  transforms: readonly Transforms[],
  border: 'edge' | 'zero',
): ImageStack {
  const { positionOf } = alignmentSeries(stack);
  return mapPlanes(
    stack,
    async (index, signal) => {
      const { s, i } = positionOf(index);
      const { matrix } = transforms[s].planes[i];
      const plane = await readPlane(stack, index, { signal });
      const input = { plane, matrix, clampTo: stack.pixelType, border };
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

const REASONS: { readonly [reason in SuspectReason]: string } = {
  'not-converged': 'no best position was found',
  'low-correlation': 'the planes have too little in common',
  'difference-rose': 'the planes differ more than before',
  outlier: 'far less in common than the other planes have',
  'large-displacement': 'the plane would move very far',
  'better-shift-exists': 'another shift fits better at low resolution',
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
