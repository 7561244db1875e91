import type { ImageStack } from './ImageStack';
import { bytesPerSample } from './PixelType';

/** Reading ahead pays off long before it takes this much memory. */
const MOST_BYTES = 2 ** 28;
const DEFAULT_AHEAD = 3;

/**
 * How many planes of a stack may be in the making at one time: as many as asked for, fewer where planes
 * are so large that memory would run short, at least 1.
 *
 * @param asked @default 3
 */
export function planesAhead(
  { shape, pixelType }: Pick<ImageStack, 'shape' | 'pixelType'>,
  asked = DEFAULT_AHEAD,
): number {
  const planeBytes = shape.x * shape.y * bytesPerSample(pixelType);
  return Math.max(1, Math.min(asked, Math.floor(MOST_BYTES / planeBytes)));
}
