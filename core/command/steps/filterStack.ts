import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import type { Plane } from '#core/image/Plane';
import { readPlane } from '#core/image/readPlane';
import { toPixelType } from '#core/image/toPixelType';

/**
 * The stack with every plane filtered when it is read; integers are rounded and kept within their type.
 *
 * @param filter makes a plane of another, of the size that `changes` states
 */
export function filterStack(
  stack: ImageStack,
  filter: (plane: Plane, signal?: AbortSignal) => Promise<Plane>,
  changes: Partial<Pick<ImageStack, 'name' | 'shape' | 'calibration'>>,
): ImageStack {
  return mapPlanes(
    stack,
    async (index, signal) => {
      const { data } = await filter(await readPlane(stack, index, { signal }), signal);
      return toPixelType(data, stack.pixelType);
    },
    changes,
  );
}
