import { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { readPlane } from '#core/image/readPlane';
import { toPixelType } from '#core/image/toPixelType';
import { undoNormalisation, type OffsetAndScale } from '#core/normalise/applyNormalisation';
import { PIXEL_TYPES, type CommandContext } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';
import { AxialError } from '#core/util/errors';

const FIGURES = z.object({
  figures: z.array(
    z.object({ offset: z.number(), scale: z.number().refine((scale) => scale !== 0) }),
  ),
});

export const processRestoreLevels = defineCommand({
  id: 'process.restoreLevels',
  title: 'Restore Grey Levels…',
  summary: 'Undoes a normalisation: gives the grey levels back that were measured.',
  menu: ['Process'],
  verb: 'restore',
  inputs: [{ name: 'stack', title: 'Normalised stack' }],
  outputs: [{ name: 'restored', title: 'Restored stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    figures: z.string().default('').meta({
      title: 'Figures',
      kind: 'openPath',
      description:
        'The file that "normalise --figures" wrote. Without it, the offset and scale that the stack carries.',
    }),
    type: z.enum(PIXEL_TYPES).default('float32').meta({
      title: 'Pixel type',
      description: 'Integers are rounded, and clipped to the range of the type.',
    }),
  }),
  async run(context, { stack }, { figures, type }) {
    const mappings =
      figures === '' ? ownMapping(stack) : await readFigures(context, stack, figures);
    const restored = mapPlanes(
      stack,
      async (index, signal) => {
        const plane = await readPlane(stack, index, { signal });
        const mapping = mappings[(index.t * stack.shape.c + index.c) % mappings.length];
        return toPixelType(undoNormalisation(plane, mapping).data, type);
      },
      { name: `${stack.name} restored`, pixelType: type, valueMapping: null },
    );
    return {
      stacks: { restored },
      report: { mappings: mappings.map(({ offset, scale }) => ({ offset, scale })), type },
      lines: mappings.map(({ offset, scale }) => `value = stored * ${scale} + ${offset}`),
    };
  },
});

function ownMapping({ valueMapping }: ImageStack): readonly OffsetAndScale[] {
  if (valueMapping) return [valueMapping];
  throw new AxialError(
    'ImpossibleRequestError',
    'The stack carries no offset and scale, so its grey levels cannot be restored.',
    'Name the file of figures that was written when it was normalised.',
  );
}

/** One offset and scale for each time point and channel, or one for all. */
async function readFigures(
  { files }: Pick<CommandContext, 'files'>,
  { shape }: ImageStack,
  path: string,
): Promise<readonly OffsetAndScale[]> {
  const { figures } = parseFigures(await files.readText(path), path);
  if (figures.length === 1 || figures.length === shape.t * shape.c) return figures;
  throw new AxialError(
    'ImpossibleRequestError',
    `${path} holds ${figures.length} figures, the stack has ${shape.t * shape.c} channels and time points.`,
    'Use the file that belongs to this stack.',
  );
}

function parseFigures(text: string, path: string): z.infer<typeof FIGURES> {
  try {
    return FIGURES.parse(JSON.parse(text));
  } catch (cause) {
    throw new AxialError(
      'DamagedFileError',
      `${path} does not hold the figures of a normalisation.`,
      'Use the file that "normalise --figures" wrote.',
      { cause },
    );
  }
}
