import type { PixelArray } from '#core/image/PixelType';
import { allocatePixels, bytesPerSample } from '#core/image/PixelType';
import type { ByteSource } from '#core/io/ByteSource';
import { inflateBounded } from '#core/io/tiff/inflateBounded';
import { crc32 } from './crc32';
import type { PngHeader } from './PngHeader';
import { damagedPng } from './PngHeader';
import type { PngPass } from './pngPasses';
import { pngPasses, unpackedLength } from './pngPasses';
import { unfilterRow } from './unfilterRow';

const FIRST_CHUNK = 33;
const IDAT = 0x49444154;
const IEND = 0x49454e44;

/** Packed bytes beyond what an image of `length` bytes can take are left where they are. */
function mostPacked(length: number): number {
  return length * 1.01 + 2 ** 16;
}

/** The zlib stream of the pixels, from all chunks that hold a part of it; other chunks are passed over. */
async function readPacked(
  bytes: ByteSource,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  for (let at = FIRST_CHUNK; total < mostPacked(length);) {
    const start = await bytes.read(at, 8, signal);
    if (start.length < 8) throw damagedPng('This PNG ends before its pixels do.');
    const view = new DataView(start.buffer, start.byteOffset, 8);
    const size = view.getUint32(0);
    const kind = view.getUint32(4);
    if (kind === IEND) break;
    if (kind === IDAT) {
      const chunk = await bytes.read(at + 4, size + 8, signal);
      if (chunk.length < size + 8) throw damagedPng('This PNG ends before its pixels do.');
      const stated = new DataView(chunk.buffer, chunk.byteOffset).getUint32(size + 4);
      if (crc32(chunk.subarray(0, size + 4)) !== stated) {
        throw damagedPng(`The checksum of this PNG does not fit its pixels at byte ${at}.`);
      }
      parts.push(chunk.subarray(4, size + 4));
      total += size;
    }
    at += size + 12;
  }
  const packed = new Uint8Array(total);
  let filled = 0;
  for (const part of parts) {
    packed.set(part, filled);
    filled += part.length;
  }
  return packed;
}

/** Puts the samples of one row of a pass where they belong. */
function placeRow(
  row: Uint8Array,
  { x, stepX, width }: PngPass,
  target: number,
  planes: readonly PixelArray[],
): void {
  const channels = planes.length;
  for (const [c, plane] of planes.entries()) {
    if (plane instanceof Uint16Array) {
      for (let i = 0, from = c * 2; i < width; i++, from += channels * 2) {
        plane[target + x + i * stepX] = (row[from] << 8) | row[from + 1];
      }
    } else {
      for (let i = 0, from = c; i < width; i++, from += channels) {
        plane[target + x + i * stepX] = row[from];
      }
    }
  }
}

/** Undoes the filters of one pass; gives the position behind it. */
function decodePass(
  unpacked: Uint8Array,
  start: number,
  pass: PngPass,
  header: PngHeader,
  planes: readonly PixelArray[],
): number {
  const step = header.channels * bytesPerSample(header.pixelType);
  const rowBytes = pass.width * step;
  let above: Uint8Array = new Uint8Array(rowBytes);
  let at = start;
  for (let i = 0; i < pass.height; i++) {
    const filter = unpacked[at];
    const row = unpacked.subarray(at + 1, at + 1 + rowBytes);
    if (!unfilterRow(filter, row, above, step)) {
      throw damagedPng(`A row of this PNG has the filter ${filter}, which does not exist.`);
    }
    placeRow(row, pass, (pass.y + i * pass.stepY) * header.width, planes);
    above = row;
    at += 1 + rowBytes;
  }
  return at;
}

/**
 * Unpacks a PNG into one array for each channel, row-major (y, x). Takes no more memory than its pixels
 * need, however much its chunks hold.
 *
 * @throws AxialError `DamagedFileError` when it is cut off, fails its checksums or does not unpack
 */
export async function decodePng(
  bytes: ByteSource,
  header: PngHeader,
  signal?: AbortSignal,
): Promise<PixelArray[]> {
  const length = unpackedLength(header);
  const unpacked = await inflateBounded(await readPacked(bytes, length, signal), length);
  if (unpacked.length < length) {
    throw damagedPng(`This PNG unpacks to ${unpacked.length} of ${length} bytes.`);
  }
  const planes = Array.from({ length: header.channels }, () =>
    allocatePixels(header.pixelType, header.width * header.height),
  );
  let at = 0;
  for (const pass of pngPasses(header)) at = decodePass(unpacked, at, pass, header, planes);
  return planes;
}
