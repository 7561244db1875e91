import type { ImageStack } from '#core/image/ImageStack';
import { allIndices, substack } from './substack';

/**
 * The stack with its planes (or time points) in the opposite order. The axis turns with them: spacings
 * stay positive, uneven heights are counted from what is now the first plane.
 */
export function reverseStack(stack: ImageStack, axis: 'z' | 't'): ImageStack {
  const { t, c, z } = stack.shape;
  const [planes, times] = [allIndices(z), allIndices(t)];
  return substack(stack, {
    t: axis === 't' ? times.reverse() : times,
    c: allIndices(c),
    z: axis === 'z' ? planes.reverse() : planes,
  });
}
