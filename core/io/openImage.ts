import { AxialError } from '#core/util/errors';
import type { ByteSource } from './ByteSource';
import type { OpenedImage } from './OpenedImage';
import type { OpenOptions } from './OpenOptions';
import { detectFormat } from './detectFormat';
import { openPng } from './png/openPng';
import { openTiff } from './tiff/openTiff';

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
    case null:
      throw new AxialError(
        bytes.size === 0 ? 'DamagedFileError' : 'UnsupportedFileError',
        bytes.size === 0
          ? `${bytes.name} is empty.`
          : `${bytes.name} is neither a TIFF nor a PNG file.`,
        'Open a TIFF, OME-TIFF, ImageJ TIFF or PNG; other formats can be converted in Fiji with Bio-Formats.',
      );
  }
}
