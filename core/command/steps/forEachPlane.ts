import type { ImageStack } from '#core/image/ImageStack';
import type { PlaneIndex } from '#core/image/PlaneSource';

/**
 * Calls `visit` for every plane, up to `concurrency` at a time, in order of starting:
 * t slowest, then c, then z.
 */
export async function forEachPlane(
  { shape }: Pick<ImageStack, 'shape'>,
  concurrency: number,
  visit: (index: PlaneIndex, ordinal: number) => Promise<void>,
): Promise<void> {
  const total = shape.t * shape.c * shape.z;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < total) {
      const ordinal = next++;
      const z = ordinal % shape.z;
      const c = Math.floor(ordinal / shape.z) % shape.c;
      const t = Math.floor(ordinal / (shape.z * shape.c));
      await visit({ t, c, z }, ordinal);
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, concurrency), total) }, worker));
}
