import { readCompanion } from '#core/io/ome/describingDocument';
import { openTiff } from '#core/io/tiff/openTiff';
import { AxialError } from '#core/util/errors';
import type { ByteSource } from './ByteSource';
import type { OpenedImage } from './OpenedImage';
import type { OpenOptions } from './OpenOptions';

function noPixels(name: string, fileName: string | null): AxialError {
  return new AxialError(
    'DamagedFileError',
    fileName === null
      ? `${name} describes images but names no file that holds their pixels.`
      : `The file "${fileName}", which holds some of the planes, is missing.`,
    'Put all files of the set into one folder.',
    { details: { fileName } },
  );
}

/**
 * Opens the images that a companion file (OME-XML on its own, usually NAME.companion.ome) describes;
 * their pixels are in TIFFs of the same folder. The stack owns `bytes` from then on.
 *
 * @returns `null` when the file is no OME-XML
 * @throws AxialError as `openTiff` does, and `DamagedFileError` when the first TIFF is not there
 */
export async function openCompanion(
  bytes: ByteSource,
  options: OpenOptions,
): Promise<OpenedImage | null> {
  const document = await readCompanion(bytes, options.signal);
  if (!document) return null;
  const image = document.images[options.series ?? 0];
  const fileName = image?.tiffData.find((run) => run.fileName !== null)?.fileName ?? null;
  const pixels = fileName === null ? null : await options.resolveSibling?.(fileName);
  if (!pixels) throw noPixels(bytes.name, fileName);
  try {
    const stack = await openTiff(pixels, options, document);
    await bytes.close();
    return { ...stack, name: bytes.name, files: [bytes.name, ...stack.files] };
  } catch (error) {
    await pixels.close();
    throw error;
  }
}
