import type { ImageStack } from './ImageStack';
import type { PixelArray } from './PixelType';
import { cropPixels } from './cropPixels';
import type { PlaneIndex, PlaneSource } from './PlaneSource';

/** Computes one plane of the result from the index alone, in the pixel type of the result. */
export type PlaneFunction = (index: PlaneIndex, signal?: AbortSignal) => Promise<PixelArray>;

/**
 * A stack whose planes are computed when somebody reads them. Everything that `changes` does not
 * name stays as in `stack`; the new stack has one resolution level and no file of its own.
 */
export function mapPlanes(
  stack: ImageStack,
  compute: PlaneFunction,
  changes: Partial<Omit<ImageStack, 'source' | 'origin'>> = {},
): ImageStack {
  const shape = changes.shape ?? stack.shape;
  const size = { width: shape.x, height: shape.y };
  const source: PlaneSource = {
    levels: [size],
    async read(index, { region, signal } = {}) {
      signal?.throwIfAborted();
      const pixels = await compute(index, signal);
      return region ? cropPixels(pixels, size, region) : pixels;
    },
    close: () => stack.source.close(),
  };
  const { origin: _origin, ...rest } = stack;
  return { ...rest, ...changes, source };
}
