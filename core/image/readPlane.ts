import type { ImageStack } from './ImageStack';
import type { Plane } from './Plane';
import type { PlaneIndex, PlaneReadOptions } from './PlaneSource';

/** Reads a whole plane in working precision (float32), row-major (y, x), in the units that are stored. */
export async function readPlane(
  stack: ImageStack,
  index: PlaneIndex,
  options: PlaneReadOptions = {},
): Promise<Plane> {
  const { width, height } = stack.source.levels[options.level ?? 0];
  // Integers are copied below.
  const lend = options.lend ?? stack.pixelType !== 'float32';
  const pixels = await stack.source.read(index, { ...options, lend });
  return {
    width,
    height,
    data: pixels instanceof Float32Array ? pixels : new Float32Array(pixels),
  };
}
