import type { TiffResolution } from '#core/io/imagej/calibrationFromImageJ';
import type { ImageJMetadata } from '#core/io/imagej/ImageJMetadata';
import { EMPTY_IMAGEJ_METADATA } from '#core/io/imagej/ImageJMetadata';
import { parseImageJMetadata } from '#core/io/imagej/parseImageJMetadata';
import { isAxialError } from '#core/util/errors';
import { bufferedReader } from './bufferedReader';
import type { DirectoryReader, ImageFileDirectory } from './imageFileDirectory';
import { readNumber, readNumbers, readTagBytes } from './imageFileDirectory';
import type { TiffFile } from './TiffFile';
import { TAG } from './tiffTags';

/** Descriptions are kept whole up to this many bytes: OME-XML of 100 000 planes takes about 30 million. */
const MOST_TEXT_BYTES = 1 << 27;
const MOST_METADATA_BYTES = 1 << 26;

/** What the first page says about the whole file. */
export interface FirstPage {
  readonly description: string;
  readonly resolution: TiffResolution;
  readonly imageJ: ImageJMetadata;
}

function textOf(bytes: Uint8Array<ArrayBuffer> | null): string {
  if (!bytes) return '';
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

async function rational(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
  tag: number,
): Promise<readonly [number, number] | null> {
  const bytes = await readTagBytes(from, ifd, tag, 1024);
  if (bytes?.length !== 8) return null;
  const view = new DataView(bytes.buffer);
  const { littleEndian } = ifd.header;
  return [view.getUint32(0, littleEndian), view.getUint32(4, littleEndian)];
}

/** What decorates the pixels must not keep them from opening. */
async function orElse<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (isAxialError(error, 'DamagedFileError')) return otherwise;
    throw error;
  }
}

async function imageJMetadata(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
): Promise<ImageJMetadata> {
  const counts = await readNumbers(from, ifd, TAG.imageJByteCounts, 1 << 21);
  const bytes = await readTagBytes(from, ifd, TAG.imageJMetadata, MOST_METADATA_BYTES);
  if (!counts || !bytes) return EMPTY_IMAGEJ_METADATA;
  return parseImageJMetadata(bytes, Array.from(counts), ifd.header.littleEndian);
}

/** Reads the description, the resolution and ImageJ's private tags of page `page`. */
export async function readFirstPage(
  file: TiffFile,
  page: number,
  signal: AbortSignal | undefined,
): Promise<FirstPage> {
  const from = { reader: bufferedReader(file.bytes), signal };
  const ifd = await file.directory(page, signal);
  return {
    description: textOf(await readTagBytes(from, ifd, TAG.imageDescription, MOST_TEXT_BYTES)),
    resolution: {
      x: await orElse(rational(from, ifd, TAG.xResolution), null),
      y: await orElse(rational(from, ifd, TAG.yResolution), null),
      unit: await orElse(readNumber(from, ifd, TAG.resolutionUnit, 2), null),
    },
    imageJ: await orElse(imageJMetadata(from, ifd), EMPTY_IMAGEJ_METADATA),
  };
}
