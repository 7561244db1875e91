import type { ImageStack } from '#core/image/ImageStack';
import { allocatePixels, bytesPerSample, type PixelArray } from '#core/image/PixelType';
import { planesAhead } from '#core/image/planesAhead';
import type { PlaneIndex, Region } from '#core/image/PlaneSource';
import { readAhead } from '#core/util/readAhead';

/**
 * How many rows (or columns) of all planes fit into the memory of a band, at least 1.
 *
 * @param lineSamples samples of one row (or column)
 */
export function linesPerBand(
  { shape, pixelType }: Pick<ImageStack, 'shape' | 'pixelType'>,
  lineSamples: number,
  bandBytes: number,
): number {
  const bytes = lineSamples * shape.z * bytesPerSample(pixelType);
  return Math.max(1, Math.floor(bandBytes / bytes));
}

/**
 * Reads one rectangle of every plane of a channel and time point.
 *
 * @returns samples in the order (z, y, x)
 */
export async function readBand(
  stack: ImageStack,
  { t, c }: Pick<PlaneIndex, 't' | 'c'>,
  region: Region,
  signal?: AbortSignal,
): Promise<PixelArray> {
  const size = region.width * region.height;
  const band = allocatePixels(stack.pixelType, size * stack.shape.z);
  let done = 0;
  const read = (z: number): Promise<PixelArray> =>
    stack.source.read({ t, c, z }, { region, signal });
  for await (const part of readAhead(stack.shape.z, planesAhead(stack), read)) {
    signal?.throwIfAborted();
    band.set(part, done);
    done += size;
  }
  return band;
}
