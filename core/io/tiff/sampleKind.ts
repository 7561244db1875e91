import type { PixelType } from '#core/image/PixelType';
import { unsupportedTiff } from './tiffErrors';

/** The sample types of TIFF that Axial reads. */
export type SampleKind =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'int64'
  | 'float16'
  | 'float32'
  | 'float64';

const KINDS: ReadonlyMap<string, SampleKind> = new Map([
  ['1/8', 'uint8'],
  ['1/16', 'uint16'],
  ['1/32', 'uint32'],
  ['1/64', 'uint64'],
  ['2/8', 'int8'],
  ['2/16', 'int16'],
  ['2/32', 'int32'],
  ['2/64', 'int64'],
  ['3/16', 'float16'],
  ['3/32', 'float32'],
  ['3/64', 'float64'],
]);

const FORMAT_NAMES = [
  'untyped',
  'unsigned',
  'signed',
  'floating-point',
  'untyped',
  'complex',
  'complex',
];

/**
 * The sample type that tags SampleFormat and BitsPerSample state.
 *
 * @throws AxialError `UnsupportedFileError` for packed bits, complex numbers and other rarities
 */
export function sampleKind(format: number, bits: number): SampleKind {
  // Untyped samples (4) are unsigned integers in practice.
  const kind = KINDS.get(`${format === 4 ? 1 : format}/${bits}`);
  if (kind) return kind;
  throw unsupportedTiff(
    `This TIFF has ${FORMAT_NAMES[format] ?? 'unknown'} samples of ${bits} bits, which Axial does not read.`,
    'Convert it to 8- or 16-bit integers or 32-bit floating point, for instance in ImageJ, and open that.',
    { sampleFormat: format, bitsPerSample: bits },
  );
}

/** Bytes that one sample of `kind` takes in the file. */
export function bytesPerKind(kind: SampleKind): 1 | 2 | 4 | 8 {
  switch (kind) {
    case 'uint8':
    case 'int8':
      return 1;
    case 'uint16':
    case 'int16':
    case 'float16':
      return 2;
    case 'uint32':
    case 'int32':
    case 'float32':
      return 4;
    case 'uint64':
    case 'int64':
    case 'float64':
      return 8;
  }
}

/** The pixel type that samples of `kind` become, and what the user should know about it. */
export function pixelTypeForKind(kind: SampleKind): { pixelType: PixelType; note: string | null } {
  switch (kind) {
    case 'uint8':
    case 'uint16':
    case 'float32':
      return { pixelType: kind, note: null };
    case 'int8':
    case 'int16':
    case 'float16':
      return {
        pixelType: 'float32',
        note: `The file's ${kind} samples were converted to float32; every value is exact.`,
      };
    default:
      return {
        pixelType: 'float32',
        note: `The file's ${kind} samples were converted to float32, which keeps about 7 digits: ${
          kind === 'float64' ? 'values are rounded' : 'integers beyond 16 777 216 are rounded'
        }.`,
      };
  }
}
