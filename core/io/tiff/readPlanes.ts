import type { ImageStack } from '#core/image/ImageStack';
import { planesAhead } from '#core/image/planesAhead';
import { pixelTypeOf } from '#core/image/PixelType';
import type { PixelArray } from '#core/image/PixelType';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { readAhead } from '#core/util/readAhead';

/** What every writer takes. */
export interface PlaneWriteOptions {
  /** Planes that may be in the making at one time. @default 3, fewer where planes are very large */
  readonly readAheadPlanes?: number;
  readonly signal?: AbortSignal;
  /** Called after each plane that was written. */
  readonly onPlane?: (done: number, total: number) => void;
}

/** One plane in two forms: what a checksum wants, and what the file gets. */
export interface EncodedPlane {
  readonly pixels: PixelArray;
  readonly strips: readonly Uint8Array<ArrayBuffer>[];
}

function checkPlane(stack: ImageStack, pixels: PixelArray): void {
  const expected = stack.shape.x * stack.shape.y;
  if (pixels.length !== expected || pixelTypeOf(pixels) !== stack.pixelType) {
    throw new RangeError(
      `A plane of ${pixels.length} ${pixelTypeOf(pixels)} samples stands where ${expected} of ${stack.pixelType} belong.`,
    );
  }
}

/**
 * Reads and encodes the planes of a stack in the order of `indices`, a few ahead of the consumer.
 *
 * @param encode makes strips of a plane, whose samples it may overwrite
 */
export function readPlanes(
  stack: ImageStack,
  indices: (page: number) => PlaneIndex,
  encode: (pixels: PixelArray) => Promise<readonly Uint8Array<ArrayBuffer>[]>,
  { readAheadPlanes, signal }: PlaneWriteOptions,
): AsyncGenerator<EncodedPlane, void, undefined> {
  const { t, c, z } = stack.shape;
  return readAhead(t * c * z, planesAhead(stack, readAheadPlanes), async (page) => {
    signal?.throwIfAborted();
    const pixels = await stack.source.read(indices(page), { ...(signal && { signal }) });
    signal?.throwIfAborted();
    checkPlane(stack, pixels);
    return { pixels, strips: await encode(pixels) };
  });
}
