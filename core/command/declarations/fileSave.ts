import { z } from 'zod';
import { PIXEL_TYPES } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';
import { progressInParts } from '#core/command/progressInParts';
import { runCommand } from '#core/command/runCommand';
import { imageConvertType } from './imageConvertType';

/** Looking for the range of the samples takes about this much of a save that has to. */
const SCAN_SHARE = 0.3;

export const fileSave = defineCommand({
  id: 'file.save',
  title: 'Save As…',
  summary: 'Writes a stack as OME-TIFF or ImageJ TIFF, with calibration and history.',
  menu: ['File'],
  accelerator: 'CmdOrCtrl+S',
  verb: 'convert',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [],
  params: z.object({
    path: z.string().min(1).meta({
      title: 'File',
      kind: 'savePath',
      flag: 'o',
      description: 'Where to write; an existing file is replaced when the new one is complete.',
    }),
    format: z.enum(['auto', 'ome-tiff', 'imagej-tiff']).default('auto').meta({
      title: 'Format',
      description: 'auto: ImageJ TIFF for a name ending in .tif without .ome, else OME-TIFF.',
    }),
    pixelType: z
      .enum(['keep', ...PIXEL_TYPES])
      .default('keep')
      .meta({
        title: 'Pixel type',
        description:
          'Sample type of the file; the mapping is kept, so that values can be recovered.',
      }),
    compression: z.enum(['none', 'deflate']).default('none').meta({
      title: 'Compression',
      description: 'Deflate is smaller and slower; ImageJ TIFF is written uncompressed.',
    }),
    resume: z.boolean().default(false).meta({
      title: 'Resume',
      kind: 'hidden',
      description:
        'Goes on with what an interrupted save of the same result left (NAME.partial.ome.tif).',
    }),
  }),
  async run(context, { stack }, { path, format, pixelType, compression, resume }) {
    const partOf = progressInParts((progress) => context.progress(progress));
    const converting = { ...context, progress: partOf(SCAN_SHARE) };
    const converted = await runCommand(imageConvertType, converting, {
      inputs: { stack },
      params: { pixelType: pixelType === 'keep' ? stack.pixelType : pixelType },
    });
    const written = pixelType === 'keep' ? stack : (converted.stacks?.['converted'] ?? stack);
    await context.files.save(written, path, {
      ...(format !== 'auto' && { format }),
      ...{ compression, resume },
      onResumed: (found, total) =>
        context.note(`${found} of ${total} planes were there already and were not computed again.`),
      signal: context.signal,
      onProgress: partOf(1),
    });
    return { report: { path }, lines: [...(converted.lines ?? []), `Wrote ${path}`] };
  },
});
