import type { PageLayout } from './PageLayout';
import { blockRowBytes, blockRows } from './PageLayout';
import { decodeJpeg } from './decodeJpeg';
import { decodeLzw } from './decodeLzw';
import { decodePackBits } from './decodePackBits';
import { decodeZstd } from './decodeZstd';
import { inflateBounded } from './inflateBounded';
import { HOST_LITTLE_ENDIAN, reversedBits, swapBytes } from './swapBytes';
import { damagedTiff, unsupportedTiff } from './tiffErrors';
import { COMPRESSION } from './tiffTags';
import { undoDifferences, undoFloatDifferences } from './undoPredictor';

const COMPRESSION_NAMES: ReadonlyMap<number, string> = new Map([
  [2, 'CCITT'],
  [3, 'CCITT fax'],
  [4, 'CCITT fax'],
  [COMPRESSION.oldJpeg, 'old-style JPEG'],
  [33003, 'JPEG 2000'],
  [33005, 'JPEG 2000'],
  [34712, 'JPEG 2000'],
  [34887, 'LERC'],
  [34892, 'lossy JPEG'],
  [34925, 'LZMA'],
  [34933, 'PNG'],
  [34934, 'JPEG XR'],
  [22610, 'JPEG XR'],
  [50001, 'WebP'],
  [50002, 'JPEG XL'],
  [52546, 'JPEG XL'],
]);

/** @throws AxialError `UnsupportedFileError` when Axial cannot unpack what the page uses */
export function checkCompression(layout: PageLayout): void {
  const known: readonly number[] = Object.values(COMPRESSION).filter(
    (c) => c !== COMPRESSION.oldJpeg,
  );
  if (!known.includes(layout.compression)) {
    const name = COMPRESSION_NAMES.get(layout.compression);
    throw unsupportedTiff(
      `This TIFF is compressed with ${name ?? `scheme number ${layout.compression}`}, which Axial does not read.`,
      'Save it anew with Deflate, LZW or no compression, for instance in Fiji with Bio-Formats.',
      { compression: layout.compression },
    );
  }
  if (layout.compression === COMPRESSION.jpeg && layout.kind !== 'uint8') {
    throw unsupportedTiff(
      `This TIFF is compressed with JPEG in ${layout.kind} samples, which Axial does not read.`,
      'Save it anew with Deflate, LZW or no compression.',
    );
  }
  const isColourJpeg = layout.compression === COMPRESSION.jpeg && layout.samplesPerPixel > 1;
  if (isColourJpeg || layout.photometric === 6) {
    throw unsupportedTiff(
      'This TIFF keeps colours as brightness and colour differences (YCbCr, usual in JPEG), which Axial does not read.',
      'Save it anew as RGB with Deflate, LZW or no compression.',
    );
  }
  if (![1, 2, 3].includes(layout.predictor)) {
    throw unsupportedTiff(
      `This TIFF uses predictor number ${layout.predictor}, which Axial does not read.`,
      'Save it anew without a predictor.',
    );
  }
}

async function unpack(
  layout: PageLayout,
  packed: Uint8Array<ArrayBuffer>,
  length: number,
  rows: number,
): Promise<Uint8Array> {
  switch (layout.compression) {
    case COMPRESSION.lzw:
      return decodeLzw(packed, length);
    case COMPRESSION.packBits:
      return decodePackBits(packed, length);
    case COMPRESSION.zstd:
      return decodeZstd(packed, length);
    case COMPRESSION.jpeg:
      return decodeJpeg(layout, packed, rows);
    case COMPRESSION.none:
      return packed;
    default:
      return inflateBounded(packed, length);
  }
}

/** Bytes that may be changed and whose first sample is aligned. */
function owned(bytes: Uint8Array, shared: boolean): Uint8Array<ArrayBuffer> {
  const aligned = bytes.byteOffset % 8 === 0 && bytes.buffer instanceof ArrayBuffer;
  return aligned && !shared ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

/**
 * Samples of stored bytes without compression, in the byte order of this machine.
 *
 * @param bytes whole samples; left as they are
 */
export function storedSamples(
  layout: PageLayout,
  bytes: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  if (layout.reverseBits) bytes = reversedBits(bytes);
  const swap = layout.littleEndian !== HOST_LITTLE_ENDIAN && layout.bytesPerSample > 1;
  const samples = owned(bytes, swap && !layout.reverseBits);
  if (swap) swapBytes(samples, layout.bytesPerSample);
  return samples;
}

/**
 * Unpacks one compressed strip or tile.
 *
 * @param index number of the block in the page
 * @param packed its bytes in the file
 * @returns its samples, row-major, in the byte order of this machine
 * @throws AxialError `DamagedFileError` when it does not unpack to its full size
 */
export async function decodeBlock(
  layout: PageLayout,
  index: number,
  packed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const rows = blockRows(layout, index);
  const length = blockRowBytes(layout) * rows;
  const input =
    layout.reverseBits && layout.compression !== COMPRESSION.jpeg ? reversedBits(packed) : packed;
  const unpacked = await unpack(layout, input, length, rows);
  if (unpacked.length < length) {
    throw damagedTiff(
      `Strip or tile ${index} of a page unpacks to ${unpacked.length} of ${length} bytes.`,
      { block: index, unpacked: unpacked.length, needed: length },
    );
  }
  const samples = owned(unpacked.subarray(0, length), unpacked === packed);
  const stride = layout.planar ? 1 : layout.samplesPerPixel;
  const rowSamples = layout.blockWidth * stride;
  if (layout.predictor === 3) {
    undoFloatDifferences(samples, rowSamples, stride, layout.bytesPerSample);
    return samples;
  }
  if (layout.littleEndian !== HOST_LITTLE_ENDIAN) swapBytes(samples, layout.bytesPerSample);
  if (layout.predictor === 2) undoDifferences(samples, rowSamples, stride, layout.bytesPerSample);
  return samples;
}
