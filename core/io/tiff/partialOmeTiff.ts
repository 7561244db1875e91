import type { ImageStack, StackShape } from '#core/image/ImageStack';
import { bytesPerSample } from '#core/image/PixelType';
import { printOme } from '#core/io/ome/printOme';
import { AXIAL_VERSION } from '#core/util/version';
import type { DirectoryEntry } from './encodeDirectory';
import { aligned, directorySize, encodeDirectory, encodeHeader } from './encodeDirectory';
import { asciiOf, pageEntries } from './pageEntries';
import { TAG } from './tiffTags';

/** Bytes to write at an offset of the file. */
export interface FilePatch {
  readonly at: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file that holds the first planes of a stack, and is a readable OME-TIFF after each of them. */
export interface PartialOmeTiff {
  /** Planes of the whole stack, counted in the order t, c, z. */
  readonly planeCount: number;
  readonly planeBytes: number;
  /** Where 32 bytes of the caller's own belong, which say whose file it is. */
  readonly ownerAt: number;
  /** Where the samples of a plane belong: uncompressed, little-endian. */
  pixelsAt(plane: number): number;
  /** Where `sealBytes` of the caller's own belong behind them. */
  sealAt(plane: number): number;
  /**
   * What makes the first `finished` planes readable, once their samples are written and the planes
   * before were made readable. Written in this order, no part points to one that is not there yet.
   *
   * @param finished at least 1
   */
  links(finished: number): FilePatch[];
}

const FLAVOUR = { littleEndian: true, big: true };
const HEADER_BYTES = 16;
/** Behind the header, for a SHA-256 of what the file belongs to. */
const OWNER_BYTES = 32;
const FIRST_DIRECTORY = HEADER_BYTES + OWNER_BYTES;
/** Room for what grows in the description while planes are added. */
const SPARE_XML_BYTES = 512;

/**
 * Lays out a file that grows plane by plane: every plane has its place from the beginning, so that one
 * that was finished is found again after a crash. While it grows the file states as many planes as it
 * holds, and that it is a part.
 *
 * @param historyText the macro that makes the whole stack
 * @param sealBytes bytes to keep free behind each plane
 */
export function partialOmeTiff(
  stack: ImageStack,
  historyText: string | null,
  sealBytes: number,
): PartialOmeTiff {
  const { shape } = stack;
  const planeCount = shape.t * shape.c * shape.z;
  const planeBytes = shape.x * shape.y * bytesPerSample(stack.pixelType);
  const xmlBytes = utf8Bytes(describe(stack, planeCount, historyText)) + SPARE_XML_BYTES;
  const entriesOf = (plane: number, pixels: number, finished: number): DirectoryEntry[] => {
    const strips = { offsets: [pixels], byteCounts: [planeBytes], rowsPerStrip: shape.y };
    const entries = pageEntries(stack, { ...strips, compression: 'none' });
    if (plane > 0) return entries;
    const xml = describe(stack, finished, historyText);
    // Every plane with a height of its own brings a sign of two bytes, the micro of its unit.
    const values = asciiOf(xml + ' '.repeat(xmlBytes - utf8Bytes(xml)));
    return [...entries, { tag: TAG.imageDescription, type: 'ascii', values }];
  };
  const firstSize = directorySize(entriesOf(0, 0, 1), FLAVOUR);
  const size = directorySize(entriesOf(1, 0, 1), FLAVOUR);
  const recordBytes = aligned(planeBytes + sealBytes);
  const directoryAt = (plane: number): number =>
    plane === 0
      ? FIRST_DIRECTORY
      : FIRST_DIRECTORY + firstSize + recordBytes + (plane - 1) * (size + recordBytes);
  const pixelsAt = (plane: number): number => directoryAt(plane) + (plane === 0 ? firstSize : size);
  const directory = (plane: number, finished: number): FilePatch => {
    const at = directoryAt(plane);
    const next = plane + 1 < finished ? directoryAt(plane + 1) : 0;
    const entries = entriesOf(plane, pixelsAt(plane), finished);
    return { at, bytes: encodeDirectory(entries, at, next, FLAVOUR) };
  };
  const header = { at: 0, bytes: encodeHeader(FIRST_DIRECTORY, FLAVOUR) };
  return {
    ...{ planeCount, planeBytes, pixelsAt, ownerAt: HEADER_BYTES },
    sealAt: (plane) => pixelsAt(plane) + planeBytes,
    links(finished) {
      const changed = new Set([finished - 1, Math.max(0, finished - 2), 0]);
      return [...[...changed].map((plane) => directory(plane, finished)), header];
    },
  };
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The largest whole block of time points, channels and planes at the beginning of a stack. */
function leadingBlock({ t, c, z, ...size }: StackShape, finished: number): StackShape {
  if (finished >= c * z) return { ...size, t: Math.min(t, Math.floor(finished / (c * z))), c, z };
  if (finished >= z) return { ...size, t: 1, c: Math.floor(finished / z), z };
  return { ...size, t: 1, c: 1, z: finished };
}

function describe(stack: ImageStack, finished: number, historyText: string | null): string {
  const { t, c, z } = stack.shape;
  const shape = leadingBlock(stack.shape, finished);
  const order = t * c > 1 ? ', counted in the order t, c, z,' : '';
  return printOme({
    name: `${stack.name} (part)`,
    shape,
    pixelType: stack.pixelType,
    calibration: stack.calibration,
    version: AXIAL_VERSION,
    historyText,
    valueMapping: stack.valueMapping,
    notes: [
      `This is a part of a result that was not finished: it holds planes 0 to ${finished - 1} of ${t * c * z}${order} and no others.`,
      ...stack.notes,
    ],
    pixelSha256: null,
  });
}
