import type { ImageStack } from './ImageStack';
import { planesAhead } from './planesAhead';
import type { PixelArray } from './PixelType';
import { readAhead } from '#core/util/readAhead';

/** What the samples of a whole stack are like. */
export interface ValueScan {
  /** Smallest finite sample; `null` when there is none. */
  readonly min: number | null;
  /** Largest finite sample; `null` when there is none. */
  readonly max: number | null;
  /** Whether all finite samples are whole numbers. */
  readonly whole: boolean;
  /** Samples that are not a number. */
  readonly nanCount: number;
  /** Samples that are plus or minus infinity. */
  readonly infiniteCount: number;
}

/** How `scanValues` reads a stack. */
export interface ScanOptions {
  /** Planes that may be in the making at one time. @default 3, fewer where planes are very large */
  readonly readAheadPlanes?: number;
  readonly signal?: AbortSignal;
  /** Called after each plane that was looked at. */
  readonly onPlane?: (done: number, total: number) => void;
}

interface Tally {
  min: number;
  max: number;
  whole: boolean;
  nanCount: number;
  infiniteCount: number;
}

function tallyFloats(tally: Tally, pixels: Float32Array): void {
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i];
    if (value - value !== 0) {
      if (Number.isNaN(value)) tally.nanCount++;
      else tally.infiniteCount++;
      continue;
    }
    if (value < tally.min) tally.min = value;
    if (value > tally.max) tally.max = value;
    if (tally.whole && Math.trunc(value) !== value) tally.whole = false;
  }
}

function tallyIntegers(tally: Tally, pixels: PixelArray): void {
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i];
    if (value < tally.min) tally.min = value;
    if (value > tally.max) tally.max = value;
  }
}

/**
 * Reads every plane once for the range of the samples and what is odd among them.
 *
 * @throws the reason of the signal when it is aborted
 */
export async function scanValues(stack: ImageStack, options: ScanOptions = {}): Promise<ValueScan> {
  const { readAheadPlanes, signal, onPlane } = options;
  const { t, c, z } = stack.shape;
  const total = t * c * z;
  const tally: Tally = {
    min: Infinity,
    max: -Infinity,
    whole: true,
    nanCount: 0,
    infiniteCount: 0,
  };
  const planes = readAhead(total, planesAhead(stack, readAheadPlanes), async (page) => {
    signal?.throwIfAborted();
    const index = { t: Math.floor(page / (c * z)), c: Math.floor(page / z) % c, z: page % z };
    return await stack.source.read(index, { lend: true, ...(signal && { signal }) });
  });
  let done = 0;
  for await (const pixels of planes) {
    if (pixels instanceof Float32Array) tallyFloats(tally, pixels);
    else tallyIntegers(tally, pixels);
    onPlane?.(++done, total);
  }
  const isEmpty = tally.min > tally.max;
  return { ...tally, min: isEmpty ? null : tally.min, max: isEmpty ? null : tally.max };
}
