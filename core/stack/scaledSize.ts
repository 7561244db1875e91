import type { StackShape } from '#core/image/ImageStack';
import type { LevelSize } from '#core/image/PlaneSource';
import { AxialError } from '#core/util/errors';

/** What a user says of the new size; `null` where nothing. */
export interface AskedSize {
  readonly factor: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

const LONGEST_SIDE = 65_535;

/**
 * The size in pixels that is asked for: by a factor, by both sides, or by one with the other in
 * proportion, rounded and at least 1.
 *
 * @throws AxialError UsageError when nothing or both are given, ImpossibleRequestError when it is too large
 */
export function scaledSize(
  { x, y }: Pick<StackShape, 'x' | 'y'>,
  { factor, width, height }: AskedSize,
): LevelSize {
  const hasSide = width !== null || height !== null;
  if ((factor === null) !== hasSide) {
    throw new AxialError(
      'UsageError',
      factor === null ? 'No new size is given.' : 'Both a factor and a size are given.',
      'Give either a factor, or a width, a height or both.',
    );
  }
  const proportion = factor ?? (width === null ? (height ?? y) / y : width / x);
  const size = {
    width: width ?? Math.max(1, Math.round(x * proportion)),
    height: height ?? Math.max(1, Math.round(y * proportion)),
  };
  if (Math.max(size.width, size.height) > LONGEST_SIDE) {
    throw new AxialError(
      'ImpossibleRequestError',
      `${size.width} x ${size.height} pixels are too many.`,
      `A side has at most ${LONGEST_SIDE} pixels.`,
    );
  }
  return size;
}
