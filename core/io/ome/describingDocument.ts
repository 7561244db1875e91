import type { ByteSource } from '#core/io/ByteSource';
import type { OpenOptions } from '#core/io/OpenOptions';
import { AxialError } from '#core/util/errors';
import type { OmeDocument } from './OmeDocument';
import { parseOme } from './parseOme';

/** As much as the parser takes, at four bytes for each character. */
const MOST_BYTES = 2 ** 27;

/** Whether a text begins as OME-XML does. */
export function looksLikeOme(text: string): boolean {
  const start = text.slice(0, 20_000).trimStart();
  return start.startsWith('<') && /<(?:\w+:)?OME[\s>]/u.test(start);
}

/**
 * Reads a companion file: OME-XML on its own, whose pixels are in TIFFs beside it.
 *
 * @returns `null` when the text is no OME-XML at all
 * @throws AxialError `DamagedFileError` when it is damaged or too large
 */
export async function readCompanion(
  bytes: ByteSource,
  signal?: AbortSignal,
): Promise<OmeDocument | null> {
  if (bytes.size > MOST_BYTES) {
    throw new AxialError(
      'DamagedFileError',
      `${bytes.name} has ${bytes.size} bytes, more than any description of images needs.`,
      'Open one of the TIFF files instead, and name the axes of its pages.',
    );
  }
  const decoder = new TextDecoder();
  if (!looksLikeOme(decoder.decode(await bytes.read(0, 20_000, signal)))) return null;
  return parseOme(decoder.decode(await bytes.read(0, bytes.size, signal)));
}

/**
 * The document that describes the pixels of a TIFF: its own, or that of the companion file which it
 * names. The identity stays that of the TIFF.
 *
 * @throws AxialError `DamagedFileError` when the companion is missing and nobody asked for the readable part
 */
export async function describingDocument(
  own: OmeDocument,
  options: OpenOptions,
): Promise<OmeDocument> {
  const { metadataFile } = own;
  if (own.images.length > 0 || metadataFile === null) return own;
  const bytes = (await options.resolveSibling?.(metadataFile)) ?? null;
  if (!bytes) {
    if (options.readablePart) return own;
    throw new AxialError(
      'DamagedFileError',
      `The file "${metadataFile}", which describes the images of the set, is missing.`,
      'Put all files of the set into one folder, or name the axes of the pages.',
      { details: { fileName: metadataFile } },
    );
  }
  try {
    const companion = await readCompanion(bytes, options.signal);
    return companion ? { ...companion, uuid: own.uuid } : own;
  } finally {
    await bytes.close();
  }
}
