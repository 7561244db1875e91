import type { PlanePixels } from '#core/command/engineApi';

/** A small grey picture, 8 bits, row-major (y, x). */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8ClampedArray;
}

/** Which planes the thumbnails show: the middles of `count` equal parts of the stack. */
export function thumbnailPlanes(planeCount: number, count: number): number[] {
  const shown = Math.min(planeCount, count);
  return Array.from({ length: shown }, (_, i) => Math.floor(((i + 0.5) * planeCount) / shown));
}

/**
 * A plane as a small square picture of its middle, averaged down, from its own black to its own white.
 *
 * @param sizePx edge of the picture in pixels
 */
export function thumbnail(plane: PlanePixels, sizePx: number): Thumbnail {
  const { width, height, pixels } = plane;
  const edge = Math.min(width, height);
  const size = Math.min(sizePx, edge);
  const left = Math.floor((width - edge) / 2);
  const top = Math.floor((height - edge) / 2);
  const step = edge / size;
  const taps = Math.min(4, Math.max(1, Math.floor(step)));
  const values = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let tap = 0; tap < taps * taps; tap++) {
        const x = left + Math.floor((column + ((tap % taps) + 0.5) / taps) * step);
        const y = top + Math.floor((row + (Math.floor(tap / taps) + 0.5) / taps) * step);
        sum += pixels[y * width + x] ?? 0;
      }
      values[row * size + column] = sum / (taps * taps);
    }
  }
  return { width: size, height: size, grey: stretched(values) };
}

function stretched(values: Float32Array): Uint8ClampedArray {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? 255 / (high - low) : 0;
  return Uint8ClampedArray.from(values, (value) => (value - low) * scale);
}
