import type { PixelArray } from '#core/image/PixelType';
import { applyPredictor } from './applyPredictor';
import { deflate } from './deflate';
import { HOST_LITTLE_ENDIAN, swapBytes } from './swapBytes';

/** Packs bytes as a zlib stream (RFC 1950). */
export type Packer = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

/** A plane as it will lie in the file. */
export interface PlaneEncoding {
  /** Samples in a row. */
  readonly width: number;
  readonly rowsPerStrip: number;
  readonly compression: 'none' | 'deflate';
  readonly littleEndian: boolean;
  /** Makes a zlib stream of a strip. @default the host's CompressionStream */
  readonly pack?: Packer;
}

/** Small enough to pick a region out of a plane, large enough to pack well. */
const STRIP_BYTES = 256 * 1024;

/** Rows in a strip: all where nothing is packed, as many as make about 256 KiB otherwise. */
export function rowsPerStrip(
  width: number,
  height: number,
  bytesPerSample: number,
  compression: 'none' | 'deflate',
): number {
  if (compression === 'none') return height;
  return Math.min(height, Math.max(1, Math.round(STRIP_BYTES / (width * bytesPerSample))));
}

/** The bytes under `pixels`, in the host's byte order, not copied. */
export function bytesOf(pixels: PixelArray): Uint8Array<ArrayBuffer> {
  return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
}

function inByteOrder(pixels: PixelArray, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(pixels);
  if (littleEndian !== HOST_LITTLE_ENDIAN) swapBytes(bytes, pixels.BYTES_PER_ELEMENT);
  return bytes;
}

/** Integers are stored as differences; floating-point ones as they are, since few programs undo predictor 3. */
function packStrip(strip: PixelArray, encoding: PlaneEncoding): Promise<Uint8Array<ArrayBuffer>> {
  if (!(strip instanceof Float32Array)) applyPredictor(strip, encoding.width);
  const pack = encoding.pack ?? deflate;
  return pack(inByteOrder(strip, encoding.littleEndian));
}

/**
 * The strips of one plane, ready to be written.
 *
 * @param pixels row-major (y, x); without compression their bytes are turned around in place
 *   where the file's byte order asks for it
 */
export function encodePlane(
  pixels: PixelArray,
  encoding: PlaneEncoding,
): Promise<Uint8Array<ArrayBuffer>[]> {
  if (encoding.compression === 'none') {
    return Promise.resolve([inByteOrder(pixels, encoding.littleEndian)]);
  }
  const samplesPerStrip = encoding.width * encoding.rowsPerStrip;
  const strips: Promise<Uint8Array<ArrayBuffer>>[] = [];
  for (let start = 0; start < pixels.length; start += samplesPerStrip) {
    strips.push(packStrip(pixels.slice(start, start + samplesPerStrip), encoding));
  }
  return Promise.all(strips);
}
