import type { ImageStack } from '#core/image/ImageStack';
import { bytesPerSample } from '#core/image/PixelType';
import { cancellable } from '#core/util/cancellable';
import type { ByteSink } from '#core/io/ByteSink';
import { printInfoProperties } from '#core/io/imagej/infoProperties';
import { printImageJDescription } from '#core/io/imagej/printImageJDescription';
import { printImageJMetadata } from '#core/io/imagej/printImageJMetadata';
import { aligned, directorySize, encodeDirectory, encodeHeader } from './encodeDirectory';
import type { DirectoryEntry } from './encodeDirectory';
import { encodePlane } from './encodePlane';
import { asciiOf, pageEntries, resolutionEntries, resolutionOf } from './pageEntries';
import { readPlanes } from './readPlanes';
import type { PlaneWriteOptions } from './readPlanes';
import { TAG } from './tiffTags';

/** How `writeImageJTiff` writes. */
export interface ImageJTiffOptions extends PlaneWriteOptions {
  /** The macro that made the stack, kept in the Info text. */
  readonly historyText?: string;
}

const FLAVOUR = { littleEndian: false, big: false } as const;
const FIRST_DIRECTORY = 8;
const CLASSIC_LIMIT = 2 ** 32;

/** One label per plane, channels fastest: the channel's name, which ImageJ shows above the image. */
function labelsOf({ shape, calibration }: ImageStack): string[] {
  const names = calibration.channels.slice(0, shape.c).map((channel) => channel.name ?? '');
  if (names.every((name) => name === '')) return [];
  return Array.from({ length: shape.t * shape.z * shape.c }, (_, i) => names[i % shape.c] ?? '');
}

function metadataEntries(stack: ImageStack, historyText: string | undefined): DirectoryEntry[] {
  const info = printInfoProperties(stack.calibration, stack.valueMapping, historyText ?? null);
  const tags = printImageJMetadata(info === '' ? null : info, labelsOf(stack));
  if (!tags) return [];
  return [
    { tag: TAG.imageJByteCounts, type: 'long', values: tags.byteCounts },
    { tag: TAG.imageJMetadata, type: 'byte', values: tags.bytes },
  ];
}

/** Entries of a page whose plane starts at `offset`. */
function entriesAt(stack: ImageStack, offset: number): DirectoryEntry[] {
  const { shape, calibration } = stack;
  const planeBytes = shape.x * shape.y * bytesPerSample(stack.pixelType);
  const strips = {
    offsets: [offset],
    byteCounts: [planeBytes],
    rowsPerStrip: shape.y,
    compression: 'none',
  } as const;
  const x = resolutionOf(calibration.pixelSizeUm.x);
  const y = resolutionOf(calibration.pixelSizeUm.y);
  return [...pageEntries(stack, strips), ...resolutionEntries(x, y, 1)];
}

/** Where everything lies, known before the first pixel. */
interface ImageJLayout {
  readonly first: (offset: number, next: number) => Uint8Array<ArrayBuffer>;
  readonly pixelStart: number;
  readonly pixelEnd: number;
  /** Bytes of each later directory. */
  readonly laterSize: number;
  /** Whether all pages get a directory; above 4 GB ImageJ keeps one and counts. */
  readonly hasAllDirectories: boolean;
}

function layOut(stack: ImageStack, historyText: string | undefined): ImageJLayout {
  const { shape, calibration, valueMapping } = stack;
  const description = printImageJDescription(shape, calibration, valueMapping);
  const extra: DirectoryEntry[] = [
    { tag: TAG.imageDescription, type: 'ascii', values: asciiOf(description) },
    ...metadataEntries(stack, historyText),
  ];
  const firstSize = directorySize([...entriesAt(stack, 0), ...extra], FLAVOUR);
  const laterSize = directorySize(entriesAt(stack, 0), FLAVOUR);
  const pages = shape.t * shape.c * shape.z;
  const pixelStart = FIRST_DIRECTORY + firstSize;
  const pixelBytes = pages * shape.x * shape.y * bytesPerSample(stack.pixelType);
  const pixelEnd = aligned(pixelStart + pixelBytes);
  return {
    first: (offset, next) =>
      encodeDirectory([...entriesAt(stack, offset), ...extra], FIRST_DIRECTORY, next, FLAVOUR),
    pixelStart,
    pixelEnd,
    laterSize,
    hasAllDirectories: pages > 1 && pixelEnd + (pages - 1) * laterSize < CLASSIC_LIMIT,
  };
}

async function writePixels(
  stack: ImageStack,
  sink: ByteSink,
  start: number,
  options: ImageJTiffOptions,
): Promise<void> {
  const { shape } = stack;
  const pages = shape.t * shape.c * shape.z;
  const encoding = {
    width: shape.x,
    rowsPerStrip: shape.y,
    compression: 'none',
    littleEndian: false,
  } as const;
  const indexOf = (page: number): { t: number; c: number; z: number } => ({
    t: Math.floor(page / (shape.c * shape.z)),
    c: page % shape.c,
    z: Math.floor(page / shape.c) % shape.z,
  });
  let at = start;
  let done = 0;
  const planes = readPlanes(stack, indexOf, (pixels) => encodePlane(pixels, encoding), options);
  for await (const { strips } of planes) {
    for (const strip of strips) {
      await sink.write(at, strip);
      at += strip.length;
    }
    options.onPlane?.(++done, pages);
  }
}

async function writeLaterDirectories(
  stack: ImageStack,
  sink: ByteSink,
  layout: ImageJLayout,
): Promise<void> {
  const { shape } = stack;
  const pages = shape.t * shape.c * shape.z;
  const planeBytes = shape.x * shape.y * bytesPerSample(stack.pixelType);
  const whole = new Uint8Array((pages - 1) * layout.laterSize);
  for (let page = 1; page < pages; page++) {
    const at = layout.pixelEnd + (page - 1) * layout.laterSize;
    const next = page === pages - 1 ? 0 : at + layout.laterSize;
    const entries = entriesAt(stack, layout.pixelStart + page * planeBytes);
    whole.set(encodeDirectory(entries, at, next, FLAVOUR), (page - 1) * layout.laterSize);
  }
  await sink.write(layout.pixelEnd, whole);
}

/**
 * Writes a stack as ImageJ does: big-endian, uncompressed, contiguous planes with channels fastest, then
 * slices, then frames; above 4 GB a single directory that counts the planes. Lengths are in micrometres;
 * channel names become slice labels and, with what else ImageJ has no place for, lines of the Info text.
 * Holds no more than a few planes. Committing the sink, or aborting it after a failure, is the caller's.
 *
 * @throws AxialError `CancelledError` when the signal is aborted; what the source or the sink throws
 */
export function writeImageJTiff(
  stack: ImageStack,
  sink: ByteSink,
  options: ImageJTiffOptions = {},
): Promise<void> {
  return cancellable(options.signal, async () => {
    const layout = layOut(stack, options.historyText);
    const { pixelStart, pixelEnd, hasAllDirectories } = layout;
    await sink.write(0, encodeHeader(FIRST_DIRECTORY, FLAVOUR));
    await sink.write(FIRST_DIRECTORY, layout.first(pixelStart, hasAllDirectories ? pixelEnd : 0));
    await writePixels(stack, sink, pixelStart, options);
    if (hasAllDirectories) await writeLaterDirectories(stack, sink, layout);
  });
}
