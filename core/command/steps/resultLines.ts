import type { ImageStack } from '#core/image/ImageStack';
import { countOf } from '#core/util/countOf';

/** What a stack is, in one line: "64 x 48 pixels, 3 planes, 2 channels, 1 time point, uint16". */
export function shapeLine({ shape, pixelType }: Pick<ImageStack, 'shape' | 'pixelType'>): string {
  const { x, y, z, c, t } = shape;
  const counts = [countOf(z, 'plane'), countOf(c, 'channel'), countOf(t, 'time point')];
  return `${x} x ${y} pixels, ${counts.join(', ')}, ${pixelType}`;
}

/** The notes that a result has and its source has not. */
export function newNotes(result: ImageStack, source: ImageStack): string[] {
  return result.notes.filter((note) => !source.notes.includes(note));
}
