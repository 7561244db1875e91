import { unknownCalibration } from '#core/image/Calibration';
import { cropPixels } from '#core/image/cropPixels';
import { EMPTY_HISTORY } from '#core/image/History';
import type { PixelArray } from '#core/image/PixelType';
import type { PlaneSource } from '#core/image/PlaneSource';
import type { ByteSource } from '#core/io/ByteSource';
import type { OpenedImage } from '#core/io/OpenedImage';
import { AxialError } from '#core/util/errors';
import { crc32 } from './crc32';
import { decodePng } from './decodePng';
import type { PngHeader } from './PngHeader';
import { damagedPng } from './PngHeader';
import { unpackedLength } from './pngPasses';

/** Decoded bytes beyond which a PNG is refused: it can only be unpacked as a whole. */
const MOST_BYTES = 2 ** 27;
/** Deflate cannot do better; a header that claims more lies. */
const LARGEST_RATIO = 1040;
const FIRST_CHUNK = 33;
/** A file may hold any number of small chunks; the resolution stands early. */
const MOST_CHUNKS = 256;
const IDAT = 0x49444154;
const PHYS = 0x70485973;
const PHYS_BYTES = 9;
const PER_METRE = 1;
/** 72 and 96 dots per inch, rounded either way. */
const SCREENS_PER_METRE: ReadonlySet<number> = new Set([2834, 2835, 3779, 3780]);
const NAMES: ReadonlyMap<number, readonly (string | null)[]> = new Map([
  [1, [null]],
  [2, [null, 'Alpha']],
  [3, ['Red', 'Green', 'Blue']],
  [4, ['Red', 'Green', 'Blue', 'Alpha']],
]);
const CHANNELS: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
]);

/** Reads the header chunk (PNG specification, third edition, 11.2.1) and checks it against the file's length. */
async function readHeader(bytes: ByteSource): Promise<PngHeader> {
  const start = await bytes.read(0, 33);
  if (start.length < 33) throw damagedPng('This PNG ends inside its header.');
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  if (view.getUint32(12) !== 0x49484452)
    throw damagedPng('This PNG does not begin with its header.');
  if (crc32(start.subarray(12, 29)) !== view.getUint32(29))
    throw damagedPng('The checksum of this PNG does not fit its header.');
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const depth = view.getUint8(24);
  const channels = CHANNELS.get(view.getUint8(25));
  if (channels === undefined || (depth !== 8 && depth !== 16)) {
    throw new AxialError(
      'UnsupportedFileError',
      'This PNG has a colour palette or fewer than 8 bits per sample, which Axial does not read.',
      'Convert it to 8- or 16-bit greyscale or RGB.',
    );
  }
  const interlace = view.getUint8(28);
  if (view.getUint16(26) !== 0 || interlace > 1) {
    throw damagedPng('This PNG states a compression, filter or interlacing that does not exist.');
  }
  const pixelType = depth === 8 ? 'uint8' : 'uint16';
  const header = { width, height, pixelType, channels, interlaced: interlace === 1 } as const;
  const needed = unpackedLength(header);
  if (width < 1 || height < 1 || needed > bytes.size * LARGEST_RATIO) {
    throw damagedPng(
      `This PNG states ${width} x ${height} pixels, which its ${bytes.size} bytes cannot hold.`,
    );
  }
  if (needed > MOST_BYTES) {
    throw new AxialError(
      'UnsupportedFileError',
      `This PNG of ${width} x ${height} pixels is too large to unpack at once.`,
      'Convert it to a tiled TIFF.',
    );
  }
  return header;
}

/**
 * Sample spacing in micrometres from the chunk pHYs (11.3.5.3), which stands before the pixels.
 * Dots per inch of screens say nothing about a specimen.
 */
async function readPixelSize(bytes: ByteSource): Promise<{ x: number | null; y: number | null }> {
  let at = FIRST_CHUNK;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    const start = await bytes.read(at, 8 + PHYS_BYTES);
    if (start.length < 8 + PHYS_BYTES) break;
    const view = new DataView(start.buffer, start.byteOffset, start.length);
    const kind = view.getUint32(4);
    if (kind === IDAT) break;
    if (kind === PHYS) {
      const size = (perMetre: number): number | null =>
        view.getUint8(16) !== PER_METRE || perMetre === 0 || SCREENS_PER_METRE.has(perMetre)
          ? null
          : 1e6 / perMetre;
      return { x: size(view.getUint32(8)), y: size(view.getUint32(12)) };
    }
    at += view.getUint32(0) + 12;
  }
  return { x: null, y: null };
}

function pngSource(bytes: ByteSource, header: PngHeader): PlaneSource {
  const size = { width: header.width, height: header.height };
  // Colours come from one unpacking; a grey plane is not kept.
  let planes: Promise<PixelArray[]> | null = null;
  return {
    levels: [size],
    async read({ t, c, z }, { region, level = 0, signal } = {}) {
      signal?.throwIfAborted();
      if (t !== 0 || z !== 0 || c < 0 || c >= header.channels || level !== 0) {
        throw new RangeError(`There is no plane t=${t}, c=${c}, z=${z} at level ${level}.`);
      }
      const decoded = await (planes ?? decodePng(bytes, header, signal));
      if (header.channels > 1) planes = Promise.resolve(decoded);
      const plane = decoded[c];
      if (!plane) throw new RangeError(`There is no channel ${c}.`);
      return region ? cropPixels(plane, size, region) : plane.slice();
    },
    close: () => {
      planes = null;
      return bytes.close();
    },
  };
}

/**
 * Opens an 8- or 16-bit PNG, grey or RGB with or without alpha, as a stack of one plane; colours
 * become channels. Reads the header and the resolution only. The stack owns `bytes` from then on.
 *
 * @throws AxialError `DamagedFileError`, or `UnsupportedFileError` for palettes and fewer bits
 */
export async function openPng(bytes: ByteSource): Promise<OpenedImage> {
  const header = await readHeader(bytes);
  const blank = unknownCalibration(header.channels);
  const names = NAMES.get(header.channels) ?? [];
  const pixelSizeUm = { ...(await readPixelSize(bytes)), z: null };
  return {
    name: bytes.name,
    format: 'png',
    files: [bytes.name],
    shape: { t: 1, c: header.channels, z: 1, y: header.height, x: header.width },
    pixelType: header.pixelType,
    calibration: {
      ...blank,
      pixelSizeUm,
      channels: blank.channels.map((channel, c) => ({ ...channel, name: names[c] ?? null })),
    },
    history: EMPTY_HISTORY,
    valueMapping: null,
    notes: [],
    source: pngSource(bytes, header),
  };
}
