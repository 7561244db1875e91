import { EMPTY_IMAGEJ_METADATA, IMAGEJ_ENTRY, IMAGEJ_MAGIC } from './ImageJMetadata';
import type { ImageJMetadata } from './ImageJMetadata';

function decodeUtf16(bytes: Uint8Array<ArrayBuffer>, littleEndian: boolean): string {
  return new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be').decode(bytes);
}

function decodeRanges(
  bytes: Uint8Array<ArrayBuffer>,
  littleEndian: boolean,
): { min: number; max: number }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ranges: { min: number; max: number }[] = [];
  for (let at = 0; at + 16 <= bytes.length; at += 16) {
    const min = view.getFloat64(at, littleEndian);
    const max = view.getFloat64(at + 8, littleEndian);
    ranges.push({ min, max });
  }
  return ranges;
}

/** The kind of each block of data, as the header counts them. */
function readKinds(
  view: DataView,
  headerBytes: number,
  littleEndian: boolean,
  limit: number,
): number[] {
  const kinds: number[] = [];
  for (let at = 4; at + 8 <= headerBytes; at += 8) {
    const kind = view.getUint32(at, littleEndian);
    const count = view.getUint32(at + 4, littleEndian);
    for (let i = 0; i < count && kinds.length < limit; i++) kinds.push(kind);
  }
  return kinds;
}

/**
 * Reads ImageJ's private tags. They only decorate the pixels, so damaged ones read as far as they go
 * and raise no error.
 *
 * @param bytes contents of tag 50839
 * @param byteCounts contents of tag 50838: length of the header, then of each block
 * @param littleEndian byte order of the file
 */
export function parseImageJMetadata(
  bytes: Uint8Array<ArrayBuffer>,
  byteCounts: readonly number[],
  littleEndian: boolean,
): ImageJMetadata {
  const headerBytes = Math.min(byteCounts[0] ?? 0, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (headerBytes < 4 || view.getUint32(0, littleEndian) !== IMAGEJ_MAGIC)
    return EMPTY_IMAGEJ_METADATA;
  const kinds = readKinds(view, headerBytes, littleEndian, byteCounts.length - 1);
  let info: string | null = null;
  let ranges: readonly { min: number; max: number }[] = [];
  const labels: string[] = [];
  const luts: Uint8Array<ArrayBuffer>[] = [];
  let at = headerBytes;
  for (const [i, kind] of kinds.entries()) {
    const length = byteCounts[i + 1] ?? 0;
    if (length < 0 || at + length > bytes.length) break;
    const block = bytes.subarray(at, at + length);
    at += length;
    if (kind === IMAGEJ_ENTRY.info) info = decodeUtf16(block, littleEndian);
    else if (kind === IMAGEJ_ENTRY.labels) labels.push(decodeUtf16(block, littleEndian));
    else if (kind === IMAGEJ_ENTRY.ranges) ranges = decodeRanges(block, littleEndian);
    else if (kind === IMAGEJ_ENTRY.luts) luts.push(block.slice());
  }
  return { info, labels, ranges, luts };
}
