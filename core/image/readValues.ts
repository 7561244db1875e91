import type { ImageStack } from './ImageStack';
import type { Plane } from './Plane';
import type { PlaneIndex, PlaneReadOptions } from './PlaneSource';
import { readPlane } from './readPlane';

/**
 * Reads a plane as measured values: what is stored, mapped back through the stack's value mapping
 * where it has one. Row-major (y, x).
 */
export async function readValues(
  stack: ImageStack,
  index: PlaneIndex,
  options: PlaneReadOptions = {},
): Promise<Plane> {
  const plane = await readPlane(stack, index, options);
  if (!stack.valueMapping) return plane;
  const { offset, scale } = stack.valueMapping;
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = plane.data[i] * scale + offset;
  return plane;
}
