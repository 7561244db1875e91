import { z } from 'zod';
import { withPixelSize } from '#core/image/withPixelSize';
import { lengthParams } from '#core/command/declarations/lengthParams';
import { defineCommand } from '#core/command/defineCommand';

export const fileOpen = defineCommand({
  id: 'file.open',
  title: 'Open…',
  summary:
    'Opens a TIFF, OME-TIFF, ImageJ TIFF or PNG, or a numbered sequence of them, as a stack.',
  menu: ['File'],
  accelerator: 'CmdOrCtrl+O',
  verb: null,
  inputs: [],
  outputs: [{ name: 'stack', title: 'Stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    path: z.string().min(1).meta({
      title: 'File',
      kind: 'openPath',
      description: 'A file, a folder of numbered images, or a pattern such as stack_z*.tif.',
    }),
    axes: z
      .string()
      .regex(/^[tcz]{1,3}$/)
      .nullable()
      .default(null)
      .meta({
        title: 'Page axes',
        description: 'What the pages of a plain TIFF count, slowest first: "z", "tz", "tcz".',
      }),
    sizes: z
      .partialRecord(z.enum(['t', 'c', 'z']), z.int().min(1))
      .nullable()
      .default(null)
      .meta({ title: 'Sizes', description: 'Sizes of the named axes; one may be left out.' }),
    readablePart: z.boolean().default(false).meta({
      title: 'Open what is whole',
      description: 'Opens the planes that are whole in a file that is cut off.',
    }),
    ...lengthParams,
    sha256: z.string().nullable().default(null).meta({
      title: 'Checksum',
      description: 'SHA-256 that the file is expected to have; a difference is reported.',
      kind: 'hidden',
    }),
  }),
  async run(context, _inputs, { path, axes, sizes, readablePart, pixelSizeUm, zStepUm, sha256 }) {
    context.progress({ fraction: null, step: `Opening ${path}` });
    const stack = await context.files.open(path, {
      signal: context.signal,
      readablePart,
      ...(axes !== null && { axes }),
      ...(sizes !== null && { sizes: sizes as { [axis: string]: number } }),
    });
    if (sha256 !== null && (await context.files.checksum(path, context.signal)) !== sha256) {
      context.note(`${path} is not the file that was used before: its checksum differs.`);
    }
    return { stacks: { stack: withPixelSize(stack, { pixelSizeUm, zStepUm }) } };
  },
});
