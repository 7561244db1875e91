import type { BufferedReader } from './bufferedReader';
import type { TiffHeader } from './readTiffHeader';
import { readUint64 } from './readTiffHeader';
import { damagedTiff } from './tiffErrors';
import { fieldTypeSize, tagName } from './tiffTags';

/** More entries than any program writes; a damaged count stops here. */
const MOST_ENTRIES = 4096;

/** A page's directory, still as bytes: `view` holds its entries and the offset of the next one. */
export interface ImageFileDirectory {
  readonly offset: number;
  readonly header: TiffHeader;
  readonly entryCount: number;
  readonly view: DataView;
  /** 0 at the end of the chain. */
  readonly next: number;
}

/** One entry: `inlineAt` is where in the directory's view its value or offset stands. */
interface FieldEntry {
  readonly type: number;
  readonly count: number;
  readonly inlineAt: number;
}

/** Everything that reading a value of a directory needs. */
export interface DirectoryReader {
  readonly reader: BufferedReader;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the directory at `offset`.
 *
 * @throws AxialError `DamagedFileError` when it leaves the file or cannot be one
 */
export async function readDirectory(
  from: DirectoryReader,
  header: TiffHeader,
  offset: number,
): Promise<ImageFileDirectory> {
  const { littleEndian, big } = header;
  const countSize = big ? 8 : 2;
  const countView = await from.reader.view(offset, countSize, 'directory', from.signal);
  const entryCount = big
    ? readUint64(countView, 0, littleEndian)
    : countView.getUint16(0, littleEndian);
  if (entryCount < 1 || entryCount > MOST_ENTRIES) {
    throw damagedTiff(`This TIFF has a directory of ${entryCount} entries at byte ${offset}.`, {
      offset,
    });
  }
  const length = entryCount * (big ? 20 : 12) + (big ? 8 : 4);
  const view = await from.reader.view(offset + countSize, length, 'directory', from.signal);
  const at = length - (big ? 8 : 4);
  const next = big ? readUint64(view, at, littleEndian) : view.getUint32(at, littleEndian);
  return { offset, header, entryCount, view, next };
}

function findEntry(ifd: ImageFileDirectory, tag: number): FieldEntry | null {
  const { view, entryCount, header } = ifd;
  const { littleEndian, big } = header;
  const entrySize = big ? 20 : 12;
  for (let i = 0; i < entryCount; i++) {
    const at = i * entrySize;
    if (view.getUint16(at, littleEndian) === tag) {
      return {
        type: view.getUint16(at + 2, littleEndian),
        count: big ? readUint64(view, at + 4, littleEndian) : view.getUint32(at + 4, littleEndian),
        inlineAt: at + (big ? 12 : 8),
      };
    }
  }
  return null;
}

/** Whether the directory has the tag at all. */
export function hasTag(ifd: ImageFileDirectory, tag: number): boolean {
  return findEntry(ifd, tag) !== null;
}

/** The first value of an integer tag when it stands in the directory itself; otherwise `null`. */
export function inlineNumber(ifd: ImageFileDirectory, tag: number): number | null {
  const entry = findEntry(ifd, tag);
  if (!entry || entry.count < 1) return null;
  const size = fieldTypeSize(entry.type);
  if (size === 0 || entry.count * size > (ifd.header.big ? 8 : 4)) return null;
  return readValue(ifd.view, entry.inlineAt, entry.type, ifd.header.littleEndian);
}

function readValue(view: DataView, at: number, type: number, littleEndian: boolean): number | null {
  switch (type) {
    case 1:
    case 7:
      return view.getUint8(at);
    case 6:
      return view.getInt8(at);
    case 3:
      return view.getUint16(at, littleEndian);
    case 8:
      return view.getInt16(at, littleEndian);
    case 4:
    case 13:
      return view.getUint32(at, littleEndian);
    case 9:
      return view.getInt32(at, littleEndian);
    case 5:
      return view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian);
    case 10:
      return view.getInt32(at, littleEndian) / view.getInt32(at + 4, littleEndian);
    case 11:
      return view.getFloat32(at, littleEndian);
    case 12:
      return view.getFloat64(at, littleEndian);
    case 16:
    case 17:
    case 18:
      return readUint64(view, at, littleEndian);
    default:
      return null;
  }
}

async function valueView(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
  tag: number,
  entry: FieldEntry,
  count: number,
): Promise<{ view: DataView; at: number }> {
  const size = fieldTypeSize(entry.type);
  if (size === 0) {
    throw damagedTiff(
      `This TIFF gives its tag ${tagName(tag)} the type ${entry.type}, which does not exist.`,
    );
  }
  const { big, littleEndian } = ifd.header;
  if (entry.count * size <= (big ? 8 : 4)) return { view: ifd.view, at: entry.inlineAt };
  const offset = big
    ? readUint64(ifd.view, entry.inlineAt, littleEndian)
    : ifd.view.getUint32(entry.inlineAt, littleEndian);
  const view = await from.reader.view(offset, count * size, `tag ${tagName(tag)}`, from.signal);
  return { view, at: 0 };
}

/**
 * The whole numbers of a tag, at most `most` of them; `null` when the directory lacks it.
 *
 * @throws AxialError `DamagedFileError` when the tag holds anything else or lies outside the file
 */
export async function readNumbers(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
  tag: number,
  most: number,
): Promise<Float64Array | null> {
  const entry = findEntry(ifd, tag);
  if (!entry) return null;
  const count = Math.min(entry.count, most);
  const { view, at } = await valueView(from, ifd, tag, entry, count);
  const size = fieldTypeSize(entry.type);
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const value = readValue(view, at + i * size, entry.type, ifd.header.littleEndian);
    if (value === null) {
      throw damagedTiff(`This TIFF holds text in its tag ${tagName(tag)}, where numbers belong.`);
    }
    if (!Number.isInteger(value)) {
      throw damagedTiff(
        `This TIFF holds ${value} in its tag ${tagName(tag)}, where whole numbers belong.`,
      );
    }
    numbers[i] = value;
  }
  return numbers;
}

/** The first number of a tag, or `otherwise` when the directory lacks it. */
export async function readNumber(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
  tag: number,
  otherwise: number,
): Promise<number> {
  const numbers = await readNumbers(from, ifd, tag, 1);
  return numbers?.[0] ?? otherwise;
}

/** The bytes of a tag, or `null` when the directory lacks it; `most` bounds what a damaged count can ask for. */
export async function readTagBytes(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
  tag: number,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const entry = findEntry(ifd, tag);
  if (!entry) return null;
  const size = fieldTypeSize(entry.type);
  if (entry.count * size > most) {
    throw damagedTiff(`This TIFF states ${entry.count} values for its tag ${tagName(tag)}.`);
  }
  const { view, at } = await valueView(from, ifd, tag, entry, entry.count);
  const copy = new Uint8Array(entry.count * size);
  for (let i = 0; i < copy.length; i++) copy[i] = view.getUint8(at + i);
  return copy;
}
