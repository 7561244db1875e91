import { z } from 'zod';
import { mapPlanes } from '#core/image/mapPlanes';
import { readPlane } from '#core/image/readPlane';
import { applyNormalisation } from '#core/normalise/applyNormalisation';
import type { Normalisation } from '#core/normalise/Normalisation';
import { defineCommand } from '#core/command/defineCommand';
import { progressInParts } from '#core/command/progressInParts';
import { NORMALISATION_METHODS, stackNormalisation } from '#core/command/steps/normaliseStack';

export const processNormalise = defineCommand({
  id: 'process.normalise',
  title: 'Normalise…',
  summary: 'Maps background to 0 and the bright foreground to 1, as the networks expect it.',
  menu: ['Process'],
  verb: 'normalise',
  runShare: 0.9,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [
    { name: 'normalised', title: 'Normalised stack', kind: 'stack', flag: 'o' },
    {
      name: 'figures',
      title: 'Offset and scale of each time point and channel (JSON)',
      kind: 'json',
      flag: 'figures',
      optional: true,
    },
  ],
  params: z.object({
    method: z.enum(NORMALISATION_METHODS).default('paper').meta({
      title: 'Method',
      description:
        'paper: background mean to 0, one per cent of the foreground above 1. plugin: as the Deep-Z plugin does it.',
    }),
  }),
  async run(context, { stack }, { method }) {
    const figures: Normalisation[] = [];
    const count = stack.shape.t * stack.shape.c;
    const partOf = progressInParts((progress) => context.progress(progress));
    for (let t = 0; t < stack.shape.t; t++) {
      for (let c = 0; c < stack.shape.c; c++) {
        const progress = partOf(1 / (count - figures.length));
        const figure = await stackNormalisation({ ...context, progress }, stack, { t, c, method });
        if (figure.note !== null) context.note(figure.note);
        figures.push(figure);
      }
    }
    if (figures.length > 1) {
      context.note(
        'Each time point and channel has an offset and scale of its own, which the image file cannot hold: keep the figures to restore grey levels.',
      );
    }
    const single = figures.length === 1 ? figures[0] : null;
    return {
      stacks: {
        normalised: mapPlanes(
          stack,
          async (index, signal) => {
            const figure = figures[index.t * stack.shape.c + index.c];
            return applyNormalisation(await readPlane(stack, index, { signal }), figure).data;
          },
          {
            name: `${stack.name} normalised`,
            pixelType: 'float32',
            // With one figure for all planes the measured values can be given back from the file alone.
            valueMapping: single && { offset: single.offset, scale: single.scale },
          },
        ),
      },
      texts: { figures: `${JSON.stringify({ method, figures }, null, 2)}\n` },
      report: { method, figures: figures.map((figure) => ({ ...figure })) },
      lines: figures.map(
        ({ threshold, offset, scale }) =>
          `Threshold ${format(threshold)}, offset ${format(offset)}, scale ${format(scale)}`,
      ),
    };
  },
});

function format(value: number): string {
  return String(Number(value.toPrecision(6)));
}
