import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { bytesPerSample, type PixelArray } from '#core/image/PixelType';
import type { CommandContext } from '#core/command/CommandContext';
import { forEachPlane } from './forEachPlane';

/** Results up to this size are worth their memory. */
const SMALL_BYTES = 2 ** 28;

/**
 * Computes a stack of few planes, each of which takes a while, so that its progress is seen and it can
 * be cancelled. A large one stays as it is, computed when it is read.
 */
export async function computeSmall(
  { signal }: Pick<CommandContext, 'signal'>,
  stack: ImageStack,
): Promise<ImageStack> {
  const { t, c, z, y, x } = stack.shape;
  if (t * c * z * y * x * bytesPerSample(stack.pixelType) > SMALL_BYTES) return stack;
  const planes: PixelArray[] = [];
  await forEachPlane(stack, 1, async (index) => {
    planes.push(await stack.source.read(index, { signal }));
  });
  return { ...stack, source: memoryPlaneSource(stack.shape, planes) };
}
