import type { ImageStack } from '#core/image/ImageStack';
import { allIndices, substack } from './substack';

/** One stack for each channel, named after it; nothing is copied. */
export function splitChannels(stack: ImageStack): ImageStack[] {
  const { t, z } = stack.shape;
  return stack.calibration.channels.map(({ name }, c) => ({
    ...substack(stack, { t: allIndices(t), c: [c], z: allIndices(z) }),
    name: `${stack.name} ${name ?? `channel ${c}`}`,
  }));
}
