import type { ImageStack } from '#core/image/ImageStack';
import type { PlaneIndex } from '#core/image/PlaneSource';

/** All places of a stack: t slowest, then c, then z. */
export function placesOf({ shape }: Pick<ImageStack, 'shape'>): PlaneIndex[] {
  return Array.from({ length: shape.t * shape.c * shape.z }, (_, page) => ({
    t: Math.floor(page / (shape.c * shape.z)),
    c: Math.floor(page / shape.z) % shape.c,
    z: page % shape.z,
  }));
}

/** All samples of a stack in the order (t, c, z, y, x). */
export async function samplesOf(stack: ImageStack): Promise<number[]> {
  const planes: number[][] = [];
  for (const index of placesOf(stack)) planes.push([...(await stack.source.read(index))]);
  return planes.flat();
}

/** What two equal stacks have in common, without the source. */
export async function contentsOf(stack: ImageStack): Promise<object> {
  const { shape, pixelType, calibration, valueMapping, notes } = stack;
  return { shape, pixelType, calibration, valueMapping, notes, samples: await samplesOf(stack) };
}
