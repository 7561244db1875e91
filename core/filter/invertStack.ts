import { convertedSource } from '#core/image/convertedSource';
import type { ImageStack } from '#core/image/ImageStack';
import type { PixelArray } from '#core/image/PixelType';
import { scanValues, type ScanOptions } from '#core/image/scanValues';

/**
 * The photographic negative. Integers are taken from the largest of their type (255 or 65535);
 * float32 values are reflected between the smallest and the largest finite value of the whole stack,
 * which reads every plane once. NaN stays NaN, infinities change sign.
 */
export async function invertStack(
  stack: ImageStack,
  options: ScanOptions = {},
): Promise<ImageStack> {
  const top = await sumOfEnds(stack, options);
  const { origin: _origin, ...rest } = stack;
  return {
    ...rest,
    source: convertedSource(stack.source, (pixels) => {
      const inverted: PixelArray = pixels.slice();
      for (let i = 0; i < pixels.length; i++) inverted[i] = top - pixels[i];
      return inverted;
    }),
  };
}

/** Smallest plus largest value: what a value and its negative add up to. */
async function sumOfEnds(stack: ImageStack, options: ScanOptions): Promise<number> {
  if (stack.pixelType === 'uint8') return 255;
  if (stack.pixelType === 'uint16') return 65535;
  const { min, max } = await scanValues(stack, options);
  return (min ?? 0) + (max ?? 0);
}
