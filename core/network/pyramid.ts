/** One level of a network that halves the image from level to level. */
export interface Level {
  /** 0 is the full size. */
  readonly index: number;
  readonly channels: number;
}

/**
 * `levels` levels, of `channels` channels at full size and twice as many at each half size.
 *
 * @throws RangeError when `channels` is not a positive even number or `levels` is not 1 to 8
 */
export function pyramid(channels: number, levels: number): Level[] {
  if (!Number.isInteger(channels / 2) || channels < 2) {
    throw new RangeError('The first level needs a positive even number of channels.');
  }
  if (!Number.isInteger(levels) || levels < 1 || levels > 8) {
    throw new RangeError('The number of levels must be 1 to 8.');
  }
  return Array.from({ length: levels }, (_, index) => ({ index, channels: channels * 2 ** index }));
}
