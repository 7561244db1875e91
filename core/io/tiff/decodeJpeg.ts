import type { PageLayout } from './PageLayout';
import { damagedTiff } from './tiffErrors';

/** Where a JPEG states its size: width and height, or `null` when no frame header is found. */
function jpegSize(
  packed: Uint8Array,
): { width: number; height: number; components: number } | null {
  let at = 2;
  while (at + 9 < packed.length) {
    if (packed[at] !== 0xff) return null;
    const marker = packed[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const word = (offset: number): number =>
      ((packed[offset] ?? 0) << 8) | (packed[offset + 1] ?? 0);
    if (marker >= 0xc0 && marker <= 0xc2) {
      return { height: word(at + 5), width: word(at + 7), components: packed[at + 9] ?? 0 };
    }
    at += 2 + word(at + 2);
  }
  return null;
}

/**
 * Unpacks a strip or tile of baseline or progressive JPEG with 8-bit samples.
 *
 * @param rows rows that the block holds
 * @throws AxialError `DamagedFileError` when it does not unpack
 */
export async function decodeJpeg(
  layout: PageLayout,
  packed: Uint8Array<ArrayBuffer>,
  rows: number,
): Promise<Uint8Array> {
  const size = jpegSize(packed);
  const samples = layout.planar ? 1 : layout.samplesPerPixel;
  const fits =
    size && size.width === layout.blockWidth && size.height >= rows && size.components === samples;
  // Checked first: the decoder allocates what the data claim.
  if (!fits || size.height > layout.blockHeight + 16) {
    throw damagedTiff('A JPEG inside this TIFF has another size than its strip or tile.');
  }
  const { getDecoder } = await import('geotiff');
  try {
    const decoder = await getDecoder(layout.compression, {
      tileWidth: layout.blockWidth,
      tileHeight: layout.blockHeight,
      predictor: 1,
      bitsPerSample: 8,
      planarConfiguration: layout.planar ? 2 : 1,
      ...(layout.jpegTables ? { JPEGTables: layout.jpegTables } : {}),
    });
    return new Uint8Array(await decoder.decode(packed.slice().buffer));
  } catch (cause) {
    throw damagedTiff('A JPEG inside this TIFF does not unpack.', {}, cause);
  }
}
