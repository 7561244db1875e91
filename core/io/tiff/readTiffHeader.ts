import { damagedTiff, unsupportedTiff } from './tiffErrors';
import type { BufferedReader } from './bufferedReader';

/** How a TIFF writes numbers, and where its first page is described. */
export interface TiffHeader {
  readonly littleEndian: boolean;
  /** BigTIFF: 64-bit offsets. */
  readonly big: boolean;
  readonly firstIfd: number;
}

/** A 64-bit offset as a number; offsets that no file reaches lose precision, which does not matter. */
export function readUint64(view: DataView, at: number, littleEndian: boolean): number {
  const low = view.getUint32(at + (littleEndian ? 0 : 4), littleEndian);
  const high = view.getUint32(at + (littleEndian ? 4 : 0), littleEndian);
  return high * 2 ** 32 + low;
}

/**
 * Reads the first bytes of a TIFF or BigTIFF of either byte order.
 *
 * @throws AxialError `UnsupportedFileError` when it is none, `DamagedFileError` when it is too short
 */
export async function readTiffHeader(reader: BufferedReader): Promise<TiffHeader> {
  const view = await reader.view(0, 8, 'header');
  const order = view.getUint16(0, false);
  const littleEndian = order === 0x4949;
  const magic = view.getUint16(2, littleEndian);
  if ((!littleEndian && order !== 0x4d4d) || (magic !== 42 && magic !== 43)) {
    throw unsupportedTiff(
      'This is no TIFF: its first bytes are not those of one.',
      'Check that the file is what its name says.',
    );
  }
  if (magic === 42) return { littleEndian, big: false, firstIfd: view.getUint32(4, littleEndian) };
  const offsetSize = view.getUint16(4, littleEndian);
  if (offsetSize !== 8) {
    throw damagedTiff(`This BigTIFF states offsets of ${offsetSize} bytes instead of 8.`);
  }
  const rest = await reader.view(8, 8, 'header');
  return { littleEndian, big: true, firstIfd: readUint64(rest, 0, littleEndian) };
}
