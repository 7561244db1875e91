import type { Plane } from '#core/image/Plane';
import { gaussianFilter } from './gaussianFilter';
import { halfSampleMirror } from './mirrorPad';

/** How a height map is smoothed: first the median, then the Gaussian. */
export interface HeightSmoothing {
  /** Side of the median window in pixels, odd; 1 leaves it out. @default 1 */
  readonly medianPx?: number;
  /** Standard deviation of the Gaussian in pixels; 0 leaves it out. @default 0 */
  readonly sigmaPx?: number;
}

/**
 * Smooths heights; borders are mirrored.
 *
 * @param heights plane numbers, with or without fractions; not changed
 * @throws RangeError for an even window or a negative width
 */
export function smoothHeights(heights: Plane, options: HeightSmoothing = {}): Plane {
  const { medianPx = 1, sigmaPx = 0 } = options;
  if (!Number.isInteger(medianPx) || medianPx < 1 || medianPx % 2 === 0 || !(sigmaPx >= 0)) {
    throw new RangeError(`Heights cannot be smoothed over ${medianPx} and ${sigmaPx} pixels.`);
  }
  const { width, height } = heights;
  const data = medianPx > 1 ? medianFiltered(heights, medianPx) : heights.data.slice();
  if (sigmaPx > 0) gaussianFilter(width, height, sigmaPx)(data, data);
  return { width, height, data };
}

function medianFiltered({ width, height, data }: Plane, side: number): Float32Array<ArrayBuffer> {
  const radius = (side - 1) / 2;
  const out = new Float32Array(data.length);
  const values = new Float32Array(side * side);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let filled = 0;
      for (let dy = -radius; dy <= radius; dy++) {
        const row = halfSampleMirror(y + dy, height) * width;
        for (let dx = -radius; dx <= radius; dx++) {
          values[filled++] = data[row + halfSampleMirror(x + dx, width)];
        }
      }
      out[y * width + x] = values.sort()[values.length >> 1];
    }
  }
  return out;
}
