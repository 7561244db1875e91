/** How a TIFF file stores its numbers. */
export interface TiffFlavour {
  readonly littleEndian: boolean;
  /** BigTIFF, with offsets of 64 bits. */
  readonly big: boolean;
}

/** One tag to write. `offset` is a LONG, or a LONG8 in BigTIFF. */
export interface DirectoryEntry {
  readonly tag: number;
  readonly type: 'byte' | 'ascii' | 'short' | 'long' | 'offset' | 'rational';
  /** Numbers; a rational takes two of them; ASCII and BYTE may come as bytes. */
  readonly values: ArrayLike<number>;
}

const FIELD_TYPES = {
  byte: { code: 1, size: 1 },
  ascii: { code: 2, size: 1 },
  short: { code: 3, size: 2 },
  long: { code: 4, size: 4 },
  rational: { code: 5, size: 4 },
} as const;

function fieldType(entry: DirectoryEntry, big: boolean): { code: number; size: number } {
  if (entry.type !== 'offset') return FIELD_TYPES[entry.type];
  return big ? { code: 16, size: 8 } : FIELD_TYPES.long;
}

function valueBytes(entry: DirectoryEntry, big: boolean): number {
  return entry.values.length * fieldType(entry, big).size;
}

/** The next multiple of 8: every value then lies where any reader may look for it. */
export function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

function tableBytes(entryCount: number, big: boolean): number {
  return big ? 8 + entryCount * 20 + 8 : 2 + entryCount * 12 + 4;
}

/** Bytes that a directory and the values behind it take, a multiple of 8. */
export function directorySize(entries: readonly DirectoryEntry[], { big }: TiffFlavour): number {
  const inline = big ? 8 : 4;
  let size = aligned(tableBytes(entries.length, big));
  for (const entry of entries) {
    const bytes = valueBytes(entry, big);
    if (bytes > inline) size += aligned(bytes);
  }
  return size;
}

/** Writes whole numbers up to 2^53 in 8 bytes. */
function setUint64(view: DataView, at: number, value: number, littleEndian: boolean): void {
  view.setBigUint64(at, BigInt(value), littleEndian);
}

function putValues(
  view: DataView,
  at: number,
  { values }: DirectoryEntry,
  size: number,
  littleEndian: boolean,
): void {
  for (let i = 0; i < values.length; i++) {
    const place = at + i * size;
    const value = values[i] ?? 0;
    if (size === 1) view.setUint8(place, value);
    else if (size === 2) view.setUint16(place, value, littleEndian);
    else if (size === 4) view.setUint32(place, value, littleEndian);
    else setUint64(view, place, value, littleEndian);
  }
}

/**
 * Encodes an image file directory with its values behind it.
 *
 * @param entries in any order; they are written in ascending order of their tags
 * @param at offset in the file at which the bytes will stand, a multiple of 8
 * @param next offset of the next directory; 0 for the last one
 * @returns `directorySize` bytes
 */
export function encodeDirectory(
  entries: readonly DirectoryEntry[],
  at: number,
  next: number,
  flavour: TiffFlavour,
): Uint8Array<ArrayBuffer> {
  const { big, littleEndian } = flavour;
  const view = new DataView(new ArrayBuffer(directorySize(entries, flavour)));
  const sorted = [...entries].sort((a, b) => a.tag - b.tag);
  const putOffset = (place: number, value: number): void => {
    if (big) setUint64(view, place, value, littleEndian);
    else view.setUint32(place, value, littleEndian);
  };
  if (big) setUint64(view, 0, sorted.length, littleEndian);
  else view.setUint16(0, sorted.length, littleEndian);
  const [head, width, inline] = big ? [8, 20, 8] : [2, 12, 4];
  let behind = aligned(tableBytes(sorted.length, big));
  sorted.forEach((entry, i) => {
    const place = head + i * width;
    const { code, size } = fieldType(entry, big);
    const bytes = entry.values.length * size;
    view.setUint16(place, entry.tag, littleEndian);
    view.setUint16(place + 2, code, littleEndian);
    putOffset(place + 4, entry.type === 'rational' ? entry.values.length / 2 : entry.values.length);
    const field = place + 4 + inline;
    if (bytes <= inline) {
      putValues(view, field, entry, size, littleEndian);
      return;
    }
    putOffset(field, at + behind);
    putValues(view, behind, entry, size, littleEndian);
    behind += aligned(bytes);
  });
  putOffset(head + sorted.length * width, next);
  return new Uint8Array(view.buffer);
}

/** The first bytes of a TIFF file, 8 of them, or 16 in BigTIFF. */
export function encodeHeader(
  firstDirectory: number,
  { big, littleEndian }: TiffFlavour,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(big ? 16 : 8));
  view.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(2, big ? 43 : 42, littleEndian);
  if (big) {
    view.setUint16(4, 8, littleEndian);
    setUint64(view, 8, firstDirectory, littleEndian);
  } else {
    view.setUint32(4, firstDirectory, littleEndian);
  }
  return new Uint8Array(view.buffer);
}
