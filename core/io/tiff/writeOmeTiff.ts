import type { ImageStack } from '#core/image/ImageStack';
import { bytesPerSample } from '#core/image/PixelType';
import type { PixelArray } from '#core/image/PixelType';
import { cancellable } from '#core/util/cancellable';
import { AXIAL_VERSION } from '#core/util/version';
import type { ByteSink } from '#core/io/ByteSink';
import { printOme } from '#core/io/ome/printOme';
import { aligned, directorySize, encodeDirectory, encodeHeader } from './encodeDirectory';
import type { DirectoryEntry, TiffFlavour } from './encodeDirectory';
import { bytesOf, encodePlane, rowsPerStrip } from './encodePlane';
import type { Packer } from './encodePlane';
import { asciiOf, pageEntries, resolutionEntries, resolutionOf } from './pageEntries';
import type { PageStrips } from './pageEntries';
import { readPlanes } from './readPlanes';
import type { PlaneWriteOptions } from './readPlanes';
import { HOST_LITTLE_ENDIAN, swapBytes } from './swapBytes';
import { TAG } from './tiffTags';

/** A running SHA-256; `core/host` has one, as this library has none of its own. */
export interface PixelHasher {
  update(bytes: Uint8Array<ArrayBuffer>): void;
  /** Called once, after the last bytes: hexadecimal. */
  hex(): string;
}

/** How `writeOmeTiff` writes, and what it keeps in the file beside the stack itself. */
export interface OmeTiffOptions extends PlaneWriteOptions {
  /** @default 'none' */
  readonly compression?: 'none' | 'deflate';
  /** Makes the zlib streams of Deflate. @default the host's CompressionStream, whose level nobody can choose */
  readonly pack?: Packer;
  /** The macro that made the stack, kept in the file; waited for when the pixels are written. */
  readonly historyText?: string | Promise<string>;
  /** Given the samples, little-endian, planes in the order t, c, z; its sum is kept in the file. */
  readonly hasher?: PixelHasher;
  /** @default by the size: BigTIFF when the file could pass 4 GB */
  readonly bigTiff?: boolean;
}

const CENTIMETRE = 3;
const UM_PER_CM = 1e4;
/** Room for the OME-XML and the directories' own fields. */
const SPARE_BYTES = 2 ** 26;
const CLASSIC_LIMIT = 2 ** 32;
const DIRECTORY_BATCH_BYTES = 2 ** 20;

/** An upper bound, as nobody knows before how well planes will pack; zlib grows data by less than 0.1 %. */
function needsBigTiff(stack: ImageStack, strips: number): boolean {
  const { t, c, z, y, x } = stack.shape;
  const planeBytes = y * x * bytesPerSample(stack.pixelType) * 1.001 + strips * 64;
  return t * c * z * (planeBytes + 512) + SPARE_BYTES >= CLASSIC_LIMIT;
}

function hashPlane(hasher: PixelHasher, parts: readonly Uint8Array<ArrayBuffer>[]): void {
  for (const part of parts) hasher.update(part);
}

function littleEndianBytes(pixels: PixelArray): Uint8Array<ArrayBuffer> {
  if (HOST_LITTLE_ENDIAN) return bytesOf(pixels);
  const bytes = bytesOf(pixels.slice());
  swapBytes(bytes, pixels.BYTES_PER_ELEMENT);
  return bytes;
}

function resolutionInCm(pixelSizeUm: number | null): readonly [number, number] {
  return resolutionOf(pixelSizeUm === null ? null : pixelSizeUm / UM_PER_CM);
}

/** Writes all planes from `start` on; tells where their strips are and where they end. */
async function writePixels(
  stack: ImageStack,
  sink: ByteSink,
  start: number,
  options: OmeTiffOptions,
): Promise<{ pages: PageStrips[]; end: number }> {
  const { shape } = stack;
  const { compression = 'none', hasher, onPlane, pack } = options;
  const rows = rowsPerStrip(shape.x, shape.y, bytesPerSample(stack.pixelType), compression);
  const encoding = { width: shape.x, rowsPerStrip: rows, compression, littleEndian: true, pack };
  const indexOf = (page: number): { t: number; c: number; z: number } => ({
    t: Math.floor(page / (shape.c * shape.z)),
    c: Math.floor(page / shape.z) % shape.c,
    z: page % shape.z,
  });
  const pages: PageStrips[] = [];
  let at = start;
  const planes = readPlanes(stack, indexOf, (pixels) => encodePlane(pixels, encoding), options);
  for await (const { pixels, strips } of planes) {
    if (hasher) hashPlane(hasher, compression === 'none' ? strips : [littleEndianBytes(pixels)]);
    const offsets = new Float64Array(strips.length);
    const byteCounts = Float64Array.from(strips, (strip) => strip.length);
    for (const [i, strip] of strips.entries()) {
      offsets[i] = at;
      await sink.write(at, strip);
      at = aligned(at + strip.length);
    }
    pages.push({ offsets, byteCounts, rowsPerStrip: rows, compression });
    onPlane?.(pages.length, shape.t * shape.c * shape.z);
  }
  return { pages, end: at };
}

/** Writes the chain of directories at `at`, in batches rather than one small write each. */
async function writeDirectories(
  pages: readonly PageStrips[],
  entriesOf: (page: number) => DirectoryEntry[],
  sink: ByteSink,
  at: number,
  flavour: TiffFlavour,
): Promise<void> {
  let batch: Uint8Array<ArrayBuffer>[] = [];
  let batchStart = at;
  let place = at;
  for (let page = 0; page < pages.length; page++) {
    const entries = entriesOf(page);
    const end = place + directorySize(entries, flavour);
    const isLast = page === pages.length - 1;
    batch.push(encodeDirectory(entries, place, isLast ? 0 : end, flavour));
    place = end;
    if (isLast || place - batchStart >= DIRECTORY_BATCH_BYTES) {
      await sink.write(batchStart, joined(batch, place - batchStart));
      batch = [];
      batchStart = place;
    }
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Writes a stack as OME-TIFF 2016-06, plane by plane: one page each in the order t, c, z, little-endian,
 * pixels first, then the directories with calibration, history, value mapping and checksum.
 * Holds no more than a few planes. Committing the sink, or aborting it after a failure, is the caller's.
 *
 * @throws AxialError `CancelledError` when the signal is aborted; what the source or the sink throws
 */
export function writeOmeTiff(
  stack: ImageStack,
  sink: ByteSink,
  options: OmeTiffOptions = {},
): Promise<void> {
  return cancellable(options.signal, async () => {
    const { shape, calibration } = stack;
    const rows = rowsPerStrip(
      shape.x,
      shape.y,
      bytesPerSample(stack.pixelType),
      options.compression ?? 'none',
    );
    const big = options.bigTiff ?? needsBigTiff(stack, Math.ceil(shape.y / rows));
    const flavour: TiffFlavour = { littleEndian: true, big };
    const { pages, end } = await writePixels(stack, sink, 16, options);
    const xml = printOme({
      name: stack.name,
      shape,
      pixelType: stack.pixelType,
      calibration,
      version: AXIAL_VERSION,
      historyText: (await options.historyText) ?? null,
      valueMapping: stack.valueMapping,
      notes: stack.notes,
      pixelSha256: options.hasher?.hex() ?? null,
    });
    const x = resolutionInCm(calibration.pixelSizeUm.x);
    const y = resolutionInCm(calibration.pixelSizeUm.y);
    const isKnown = calibration.pixelSizeUm.x !== null || calibration.pixelSizeUm.y !== null;
    const common = resolutionEntries(x, y, isKnown ? CENTIMETRE : 1);
    const entriesOf = (page: number): DirectoryEntry[] => [
      ...pageEntries(stack, pages[page]),
      ...common,
      ...(page === 0
        ? [{ tag: TAG.imageDescription, type: 'ascii' as const, values: asciiOf(xml) }]
        : []),
    ];
    await writeDirectories(pages, entriesOf, sink, end, flavour);
    await sink.write(0, encodeHeader(end, flavour));
  });
}
