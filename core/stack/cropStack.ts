import type { ImageStack } from '#core/image/ImageStack';
import type { Region } from '#core/image/PlaneSource';
import { AxialError } from '#core/util/errors';

/**
 * The stack inside a rectangle. Calibration stays as it is: only width and height change. Each read
 * asks the source for the rectangle alone.
 *
 * @param region whole pixels of the full resolution, counted from 0 at the top left
 * @throws AxialError ImpossibleRequestError when the rectangle is empty or leaves the image
 */
export function cropStack(stack: ImageStack, region: Region): ImageStack {
  const { shape, source } = stack;
  requireInside(region, shape);
  const { origin: _origin, ...rest } = stack;
  return {
    ...rest,
    shape: { ...shape, y: region.height, x: region.width },
    source: {
      levels: [{ width: region.width, height: region.height }],
      read: (index, { region: part, signal } = {}) => {
        const moved = part && { ...part, x: part.x + region.x, y: part.y + region.y };
        if (part) requireInside(part, { x: region.width, y: region.height });
        return source.read(index, { region: moved ?? region, signal });
      },
      close: () => source.close(),
    },
  };
}

function requireInside(
  { x, y, width, height }: Region,
  shape: { readonly x: number; readonly y: number },
): void {
  const whole = [x, y, width, height].every(Number.isInteger);
  const filled = width >= 1 && height >= 1 && x >= 0 && y >= 0;
  if (whole && filled && x + width <= shape.x && y + height <= shape.y) return;
  throw new AxialError(
    'ImpossibleRequestError',
    `A rectangle of ${width} x ${height} pixels at (${x}, ${y}) does not lie in an image of ${shape.x} x ${shape.y} pixels.`,
    `x + width may be at most ${shape.x}, y + height at most ${shape.y}.`,
    { details: { x, y, width, height } },
  );
}
