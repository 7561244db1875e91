import type { PixelArray } from './PixelType';
import type { PlaneIndex, PlaneReadOptions, PlaneSource } from './PlaneSource';
import type { StackShape } from './ImageStack';
import { cropPixels } from './cropPixels';

/**
 * A source over planes held in memory.
 *
 * @param shape shape (t, c, z, y, x) of the stack
 * @param planes one array of y * x samples for each plane, ordered t slowest, then c, then z
 * @throws RangeError when the number of planes or their length does not fit the shape
 */
export function memoryPlaneSource(shape: StackShape, planes: readonly PixelArray[]): PlaneSource {
  const expected = shape.t * shape.c * shape.z;
  if (planes.length !== expected) {
    throw new RangeError(`A stack of ${expected} planes was given ${planes.length} arrays.`);
  }
  for (const plane of planes) {
    if (plane.length !== shape.y * shape.x) {
      throw new RangeError(
        `A plane of ${shape.x} x ${shape.y} pixels has ${plane.length} samples.`,
      );
    }
  }
  const size = { width: shape.x, height: shape.y };
  return {
    levels: [size],
    read: ({ t, c, z }: PlaneIndex, options: PlaneReadOptions = {}) => {
      options.signal?.throwIfAborted();
      const plane = planes[(t * shape.c + c) * shape.z + z];
      if (!plane) throw new RangeError(`There is no plane t=${t}, c=${c}, z=${z}.`);
      if (options.region) return Promise.resolve(cropPixels(plane, size, options.region));
      return Promise.resolve(options.lend ? plane : plane.slice());
    },
    close: () => Promise.resolve(),
  };
}
