import type { PixelArray } from '#core/image/PixelType';
import type { Histogram } from './Histogram';
import { binsFor, emptyTally, tallyValues } from './histogramCounts';

/** Gives one of several planes; asked for in order, floats more than once. */
export type PlaneReader = (index: number) => Promise<PixelArray>;

/**
 * Histogram of several planes together, one plane in memory at a time: integers are read once, floats
 * twice. Bins as in `planeHistogram`.
 *
 * @param planeCount at least 1
 * @param width pixels in a row
 * @throws AxialError ImpossibleRequestError when a value is NaN or infinite
 */
export async function streamHistogram(
  planeCount: number,
  width: number,
  read: PlaneReader,
): Promise<Histogram> {
  const first = await read(0);
  if (first instanceof Float32Array) return floatHistogram(planeCount, width, read, first);
  const pixelType = first instanceof Uint8Array ? 'uint8' : 'uint16';
  const levels = new Float64Array(pixelType === 'uint8' ? 256 : 65_536);
  let pixels: PixelArray = first;
  for (let index = 0; index < planeCount; index++) {
    if (index > 0) pixels = await read(index);
    countLevels(levels, pixels);
  }
  return { ...trimmed(levels), pixelType };
}

/** Adds the pixels of a plane to the counts. */
function countLevels(levels: Float64Array, pixels: PixelArray): void {
  // Whole numbers count twice as fast; one plane never overflows them.
  const counts = new Uint32Array(levels.length);
  for (let i = 0; i < pixels.length; i++) counts[pixels[i]]++;
  for (let level = 0; level < counts.length; level++) levels[level] += counts[level];
}

async function floatHistogram(
  planeCount: number,
  width: number,
  read: PlaneReader,
  first: Float32Array,
): Promise<Histogram> {
  const tally = emptyTally();
  tallyValues(tally, first, width);
  for (let index = 1; index < planeCount; index++) {
    tallyValues(tally, Float32Array.from(await read(index)), width);
  }
  const { histogram, add } = binsFor(tally);
  for (let index = 0; index < planeCount; index++) {
    add(index === 0 ? first : Float32Array.from(await read(index)));
  }
  return histogram;
}

/** The levels from the lowest to the highest that occurs. */
function trimmed(levels: Float64Array<ArrayBuffer>): Omit<Histogram, 'pixelType'> {
  const start = levels.findIndex((count) => count > 0);
  const end = levels.findLastIndex((count) => count > 0) + 1;
  let total = 0;
  let sum = 0;
  for (let level = start; level < end; level++) {
    total += levels[level];
    sum += level * levels[level];
  }
  return {
    counts: levels.slice(start, end),
    start,
    binWidth: 1,
    integral: true,
    total,
    sum,
  };
}
