/** The tags that Axial reads; numbers are those of TIFF 6.0 and its supplements. */
export const TAG = {
  newSubfileType: 254,
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  imageDescription: 270,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  software: 305,
  predictor: 317,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  subIfds: 330,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  imageJByteCounts: 50838,
  imageJMetadata: 50839,
} as const;

const TAG_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(TAG).map(([name, number]) => [number, name[0]?.toUpperCase() + name.slice(1)]),
);

/** What messages call a tag: its name, or its number where Axial does not know it. */
export function tagName(tag: number): string {
  return TAG_NAMES.get(tag) ?? `number ${tag}`;
}

/** Compression schemes by number. */
export const COMPRESSION = {
  none: 1,
  lzw: 5,
  oldJpeg: 6,
  jpeg: 7,
  adobeDeflate: 8,
  deflate: 32946,
  packBits: 32773,
  zstd: 50000,
} as const;

/** Bytes that one value of a field type takes; 0 for types that do not exist. */
export function fieldTypeSize(type: number): number {
  switch (type) {
    case 1: // BYTE
    case 2: // ASCII
    case 6: // SBYTE
    case 7: // UNDEFINED
      return 1;
    case 3: // SHORT
    case 8: // SSHORT
      return 2;
    case 4: // LONG
    case 9: // SLONG
    case 11: // FLOAT
    case 13: // IFD
      return 4;
    case 5: // RATIONAL
    case 10: // SRATIONAL
    case 12: // DOUBLE
    case 16: // LONG8
    case 17: // SLONG8
    case 18: // IFD8
      return 8;
    default:
      return 0;
  }
}
