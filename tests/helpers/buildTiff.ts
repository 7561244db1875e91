import { deflateSync } from 'node:zlib';

/** One tag: type 2 text, 3 SHORT, 4 LONG, 5 RATIONAL (pairs), 9 SLONG, 12 DOUBLE, 16 LONG8. */
export interface BuiltTag {
  readonly tag: number;
  readonly type: 2 | 3 | 4 | 5 | 9 | 12 | 16;
  readonly values: readonly number[] | string;
}

/** A page: its tags apart from where its strips are, and the bytes of its strips. */
export interface BuiltPage {
  readonly tags: readonly BuiltTag[];
  readonly strips: readonly Uint8Array[];
}

export interface BuiltFile {
  readonly pages: readonly BuiltPage[];
  readonly littleEndian?: boolean;
  readonly big?: boolean;
  /** Offset that the last page points to, instead of 0. */
  readonly nextOfLast?: (ifdOffsets: readonly number[]) => number;
}

const SIZES = { 2: 1, 3: 2, 4: 4, 5: 8, 9: 4, 12: 8, 16: 8 } as const;

class Writer {
  bytes = new Uint8Array(1 << 12);
  length = 0;
  constructor(readonly littleEndian: boolean) {}

  view(needed: number): DataView {
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    return new DataView(this.bytes.buffer);
  }
  append(bytes: Uint8Array): number {
    const at = this.length;
    this.view(at + bytes.length + 1);
    this.bytes.set(bytes, at);
    this.length += bytes.length + (bytes.length % 2);
    return at;
  }
  number(at: number, size: number, value: number): void {
    const view = this.view(at + size);
    if (size === 2) view.setUint16(at, value, this.littleEndian);
    else if (size === 4) view.setUint32(at, value, this.littleEndian);
    else view.setBigUint64(at, BigInt(value), this.littleEndian);
    this.length = Math.max(this.length, at + size);
  }
}

function encode(writer: Writer, { type, values }: BuiltTag): Uint8Array {
  if (typeof values === 'string') return new TextEncoder().encode(`${values}\0`);
  const size = type === 5 ? 4 : SIZES[type];
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, i) => {
    if (size === 2) view.setUint16(i * 2, value, writer.littleEndian);
    else if (size === 4) view.setUint32(i * 4, value, writer.littleEndian);
    else if (type === 12) view.setFloat64(i * 8, value, writer.littleEndian);
    else view.setBigUint64(i * 8, BigInt(value), writer.littleEndian);
  });
  return new Uint8Array(view.buffer);
}

function writeIfd(
  writer: Writer,
  big: boolean,
  tags: readonly BuiltTag[],
): { at: number; nextAt: number } {
  const sorted = [...tags].sort((a, b) => a.tag - b.tag);
  const values = sorted.map((tag) => encode(writer, tag));
  const inline = big ? 8 : 4;
  const places = values.map((value) => (value.length > inline ? writer.append(value) : -1));
  const at = writer.length;
  writer.number(at, big ? 8 : 2, sorted.length);
  const entrySize = big ? 20 : 12;
  const start = at + (big ? 8 : 2);
  sorted.forEach((tag, i) => {
    const entry = start + i * entrySize;
    const value = values[i] ?? new Uint8Array();
    writer.number(entry, 2, tag.tag);
    writer.number(entry + 2, 2, tag.type);
    writer.number(entry + 4, big ? 8 : 4, value.length / SIZES[tag.type]);
    const field = entry + (big ? 12 : 8);
    writer.number(field, inline, 0);
    if ((places[i] ?? -1) >= 0) writer.number(field, inline, places[i] ?? 0);
    else writer.bytes.set(value, field);
  });
  const nextAt = start + sorted.length * entrySize;
  writer.number(nextAt, inline, 0);
  return { at, nextAt };
}

/** Builds a TIFF by hand, independently of the product's own writer. */
export function buildTiff({
  pages,
  littleEndian = true,
  big = false,
  nextOfLast,
}: BuiltFile): Uint8Array {
  const writer = new Writer(littleEndian);
  const offsetSize = big ? 8 : 4;
  writer.number(0, 2, littleEndian ? 0x4949 : 0x4d4d);
  writer.number(2, 2, big ? 43 : 42);
  if (big) writer.number(4, 4, 0);
  if (big) writer.number(4, 2, 8);
  let nextAt = big ? 8 : 4;
  writer.number(nextAt, offsetSize, 0);
  const offsets: number[] = [];
  for (const page of pages) {
    const strips = page.strips.map((strip) => writer.append(strip));
    const type = big ? 16 : 4;
    const stated = new Set(page.tags.map(({ tag }) => tag));
    const places: BuiltTag[] = [
      { tag: 273, type, values: strips },
      { tag: 279, type, values: page.strips.map((strip) => strip.length) },
    ];
    const ifd = writeIfd(writer, big, [
      ...page.tags,
      ...places.filter(({ tag }) => !stated.has(tag)),
    ]);
    writer.number(nextAt, offsetSize, ifd.at);
    offsets.push(ifd.at);
    nextAt = ifd.nextAt;
  }
  if (nextOfLast) writer.number(nextAt, offsetSize, nextOfLast(offsets));
  return writer.bytes.slice(0, writer.length);
}

export interface GreyPageOptions {
  readonly width: number;
  readonly height: number;
  readonly bits?: number;
  readonly description?: string;
  readonly rowsPerStrip?: number;
  readonly deflate?: boolean;
  readonly tags?: readonly BuiltTag[];
}

/** A grey page of `bytes`, row by row, in strips. */
export function greyPage(bytes: Uint8Array, options: GreyPageOptions): BuiltPage {
  const {
    width,
    height,
    bits = 8,
    description,
    rowsPerStrip = height,
    deflate = false,
    tags = [],
  } = options;
  const rowBytes = (width * bits) / 8;
  const strips: Uint8Array[] = [];
  for (let row = 0; row < height; row += rowsPerStrip) {
    const strip = bytes.subarray(row * rowBytes, Math.min(height, row + rowsPerStrip) * rowBytes);
    strips.push(deflate ? new Uint8Array(deflateSync(strip)) : strip);
  }
  const stated = new Set(tags.map(({ tag }) => tag));
  const own: BuiltTag[] = [
    { tag: 256, type: 4, values: [width] },
    { tag: 257, type: 4, values: [height] },
    { tag: 258, type: 3, values: [bits] },
    { tag: 259, type: 3, values: [deflate ? 8 : 1] },
    { tag: 262, type: 3, values: [1] },
    { tag: 277, type: 3, values: [1] },
    { tag: 278, type: 4, values: [rowsPerStrip] },
    ...(description === undefined ? [] : [{ tag: 270, type: 2, values: description } as const]),
  ];
  return { tags: [...own.filter(({ tag }) => !stated.has(tag)), ...tags], strips };
}

/** The bytes 0, 1, 2, … */
export function counting(length: number, from = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => from + i);
}
