import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';

/**
 * Fails on a value that is NaN or infinite, and says where it is.
 *
 * @param z number of the plane in its stack, counted from 0
 * @param name what the stack is called
 * @throws AxialError ImpossibleRequestError
 */
export function requireFinite({ width, data }: Plane, z: number, name: string): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value - value === 0) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    throw new AxialError(
      'ImpossibleRequestError',
      `Plane ${z} of ${name} holds a value that is not a finite number, at x = ${x}, y = ${y}.`,
      'Replace such values first, for instance by the background.',
      { details: { plane: z, x, y } },
    );
  }
}
