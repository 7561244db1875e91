import type { HeightMap } from './EdfAccumulator';
import { halfSampleMirror } from './mirrorPad';

/**
 * Median of the 3 x 3 neighbourhood of each height; borders are mirrored with the edge repeated.
 *
 * @returns a new height map; plane numbers still count from 0
 */
export function smoothHeightMap({ width, height, data }: HeightMap): HeightMap {
  const smoothed = new Uint16Array(width * height);
  const window = new Uint16Array(9);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let filled = 0;
      for (let dy = -1; dy <= 1; dy++) {
        const row = halfSampleMirror(y + dy, height) * width;
        for (let dx = -1; dx <= 1; dx++) {
          filled = insertSorted(window, filled, data[row + halfSampleMirror(x + dx, width)]);
        }
      }
      smoothed[y * width + x] = window[4];
    }
  }
  return { width, height, data: smoothed };
}

/** Puts `value` in its place among the first `filled` entries; returns their new number. */
function insertSorted(window: Uint16Array, filled: number, value: number): number {
  let at = filled;
  while (at > 0 && window[at - 1] > value) {
    window[at] = window[at - 1];
    at -= 1;
  }
  window[at] = value;
  return filled + 1;
}
