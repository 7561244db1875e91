import { AxialError } from '#core/util/errors';
import type { ByteSource } from './ByteSource';
import type { OpenedImage } from './OpenedImage';
import type { OpenOptions } from './OpenOptions';
import { detectFormat } from './detectFormat';
import { openCompanion } from './openCompanion';
import { openPng } from './png/openPng';
import { openTiff } from './tiff/openTiff';

function unknownFormat({ name, size }: ByteSource): AxialError {
  return new AxialError(
    size === 0 ? 'DamagedFileError' : 'UnsupportedFileError',
    size === 0 ? `${name} is empty.` : `${name} is neither a TIFF nor a PNG file.`,
    'Open a TIFF, OME-TIFF, ImageJ TIFF or PNG; other formats can be converted in Fiji with Bio-Formats.',
  );
}

/**
 * Opens an image file of any kind that Axial reads, as its first bytes tell. Reads the directory
 * only. The stack owns `bytes` from then on; when opening fails, the caller still does.
 *
 * @throws AxialError `UnsupportedFileError` for other kinds, `DamagedFileError` for damaged files
 */
export async function openImage(
  bytes: ByteSource,
  options: OpenOptions = {},
): Promise<OpenedImage> {
  const format = await detectFormat(bytes);
  switch (format) {
    case 'tiff':
      return openTiff(bytes, options);
    case 'png':
      return openPng(bytes);
    case 'xml': {
      const stack = await openCompanion(bytes, options);
      if (stack) return stack;
      throw unknownFormat(bytes);
    }
    case null:
      throw unknownFormat(bytes);
  }
}
