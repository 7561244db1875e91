import type { ImageStack } from '#core/image/ImageStack';
import { bytesPerSample } from '#core/image/PixelType';
import { AXIAL_VERSION } from '#core/util/version';
import type { DirectoryEntry } from './encodeDirectory';
import { COMPRESSION, TAG } from './tiffTags';
import { toRational } from './toRational';

const HORIZONTAL_DIFFERENCES = 2;
const UNSIGNED = 1;
const FLOATING_POINT = 3;
const BLACK_IS_ZERO = 1;

/** Where the strips of a page are, and how they were made. */
export interface PageStrips {
  readonly offsets: ArrayLike<number>;
  readonly byteCounts: ArrayLike<number>;
  readonly rowsPerStrip: number;
  readonly compression: 'none' | 'deflate';
}

/**
 * Pixels per unit as a TIFF rational. Nothing known is 1/1; a true 1 is 1000000/1000000,
 * as ImageJ writes it, so that the two can be told apart.
 *
 * @param pixelSize in the unit; `null` where nobody stated it
 */
export function resolutionOf(pixelSize: number | null): readonly [number, number] {
  if (pixelSize === null || !(pixelSize > 1e-9 && pixelSize < 1e9)) return [1, 1];
  const [numerator, denominator] = toRational(pixelSize);
  return numerator === 1 && denominator === 1 ? [1e6, 1e6] : [denominator, numerator];
}

/** ASCII with the zero that ends it. */
export function asciiOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}

/** The tags that every page of a stack carries, whatever the kind of TIFF. */
export function pageEntries(stack: ImageStack, strips: PageStrips): DirectoryEntry[] {
  const { shape, pixelType } = stack;
  const isFloat = pixelType === 'float32';
  const isPacked = strips.compression === 'deflate';
  const entries: DirectoryEntry[] = [
    { tag: TAG.newSubfileType, type: 'long', values: [0] },
    { tag: TAG.imageWidth, type: 'long', values: [shape.x] },
    { tag: TAG.imageLength, type: 'long', values: [shape.y] },
    { tag: TAG.bitsPerSample, type: 'short', values: [bytesPerSample(pixelType) * 8] },
    {
      tag: TAG.compression,
      type: 'short',
      values: [isPacked ? COMPRESSION.adobeDeflate : COMPRESSION.none],
    },
    { tag: TAG.photometric, type: 'short', values: [BLACK_IS_ZERO] },
    { tag: TAG.stripOffsets, type: 'offset', values: strips.offsets },
    { tag: TAG.samplesPerPixel, type: 'short', values: [1] },
    { tag: TAG.rowsPerStrip, type: 'long', values: [strips.rowsPerStrip] },
    { tag: TAG.stripByteCounts, type: 'offset', values: strips.byteCounts },
    { tag: TAG.software, type: 'ascii', values: asciiOf(`Axial ${AXIAL_VERSION}`) },
    { tag: TAG.sampleFormat, type: 'short', values: [isFloat ? FLOATING_POINT : UNSIGNED] },
  ];
  if (isPacked && !isFloat) {
    entries.push({ tag: TAG.predictor, type: 'short', values: [HORIZONTAL_DIFFERENCES] });
  }
  return entries;
}

/** The resolution tags. `unit` is TIFF's number: 1 none, 3 centimetre. */
export function resolutionEntries(
  x: readonly [number, number],
  y: readonly [number, number],
  unit: 1 | 3,
): DirectoryEntry[] {
  return [
    { tag: TAG.xResolution, type: 'rational', values: x },
    { tag: TAG.yResolution, type: 'rational', values: y },
    { tag: TAG.resolutionUnit, type: 'short', values: [unit] },
  ];
}
