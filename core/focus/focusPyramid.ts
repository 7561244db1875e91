import { binomialFilter, type BinomialOrder } from './binomialFilter';
import { halfSize, halve, type ImageSize } from '#core/image/halved';

/** One window size of the pyramid. */
export interface FocusWindow extends ImageSize {
  /** Pixels of the plane per pixel of this window's maps. */
  readonly scale: number;
  /** Standard deviation of the window in pixels of the plane. */
  readonly sigmaPx: number;
}

/** Window sizes, finest first: resolution, filter and what both come to after the windows before. */
const WINDOWS: readonly {
  scale: number;
  order: BinomialOrder;
  sigmaPx: number;
}[] = [
  { scale: 2, order: 2, sigmaPx: 1.5 },
  { scale: 2, order: 6, sigmaPx: 2.9 },
  { scale: 4, order: 6, sigmaPx: 5.8 },
  { scale: 8, order: 6, sigmaPx: 11.5 },
  { scale: 16, order: 6, sigmaPx: 23 },
];

/** The windows of planes of one size, finest first. */
export function focusWindows({ width, height }: ImageSize): FocusWindow[] {
  return WINDOWS.map(({ scale, sigmaPx }) => {
    let size: ImageSize = { width, height };
    for (let s = 1; s < scale; s *= 2) size = halfSize(size);
    return { ...size, scale, sigmaPx };
  });
}

/**
 * Prepares averages of a sharpness over all windows, for planes of one size.
 *
 * @returns a function that takes the sharpness, of the size of the finest window, and gives one new
 * map per window, finest first
 */
export function focusPyramid(
  size: ImageSize,
): (sharpness: Float32Array) => Float32Array<ArrayBuffer>[] {
  const windows = focusWindows(size);
  const filters = windows.map(({ width, height }, k) =>
    binomialFilter(width, height, WINDOWS[k].order),
  );
  return (sharpness) => {
    let source = sharpness;
    return windows.map(({ width, height, scale }, k) => {
      const map = new Float32Array(width * height);
      if (k > 0 && scale > windows[k - 1].scale) {
        halve(source, windows[k - 1], map);
        source = map;
      }
      filters[k](source, map);
      source = map;
      return map;
    });
  };
}
