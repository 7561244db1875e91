import type { Plane } from '#core/image/Plane';
import { discRows } from './discRows';
import { LevelHistogram } from './LevelHistogram';
import { rankLevels } from './rankLevels';

/**
 * Median of the disc around each pixel; the disc is ImageJ's (see `discRows`), and beyond the border
 * the nearest pixel goes on. Equal to ImageJ's Median and to `scipy.ndimage.median_filter` with that
 * footprint and mode "nearest". NaN is left out of the disc (of an even number the two middle values
 * are averaged); a disc of nothing else gives NaN.
 *
 * A histogram moves along each row and changes by the edge of the disc only: Huang, Yang and Tang
 * 1979, doi:10.1109/TASSP.1979.1163188.
 *
 * @param radiusPx in pixels, above 0
 * @throws RangeError when the radius is not above 0
 */
export function medianFilter({ width, height, data }: Plane, radiusPx: number): Plane {
  if (!(radiusPx > 0)) throw new RangeError(`A median of radius ${radiusPx} is none.`);
  const reach = discRows(radiusPx);
  const { ranks, values } = rankLevels(data);
  const out = new Float32Array(data.length);
  const histogram = new LevelHistogram(Math.max(1, values.length));
  for (let y = 0; y < height; y++) {
    histogram.clear();
    const row = { ranks, width, height, y, reach };
    countDisc(histogram, row);
    for (let x = 0; x < width; x++) {
      if (x > 0) moveDisc(histogram, row, x);
      out[y * width + x] = middleOf(histogram, values);
    }
  }
  return { width, height, data: out };
}

interface DiscRow {
  readonly ranks: Int32Array;
  readonly width: number;
  readonly height: number;
  readonly y: number;
  readonly reach: Int32Array;
}

/** Counts the whole disc around the first pixel of a row. */
function countDisc(histogram: LevelHistogram, { ranks, width, height, y, reach }: DiscRow): void {
  for (let dy = 1 - reach.length; dy < reach.length; dy++) {
    const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
    const half = reach[Math.abs(dy)];
    for (let dx = -half; dx <= half; dx++) {
      histogram.count(ranks[row + Math.min(width - 1, Math.max(0, dx))], 1);
    }
  }
}

/** Moves the disc from pixel `x` - 1 of its row to pixel `x`. */
function moveDisc(
  histogram: LevelHistogram,
  { ranks, width, height, y, reach }: DiscRow,
  x: number,
): void {
  for (let dy = 1 - reach.length; dy < reach.length; dy++) {
    const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
    const half = reach[Math.abs(dy)];
    histogram.count(ranks[row + Math.max(0, x - 1 - half)], -1);
    histogram.count(ranks[row + Math.min(width - 1, x + half)], 1);
  }
}

function middleOf(histogram: LevelHistogram, values: Float32Array): number {
  const { total } = histogram;
  if (total === 0) return Number.NaN;
  const upper = values[histogram.levelAt(total >> 1)];
  if (total % 2 === 1) return upper;
  return (values[histogram.levelAt((total >> 1) - 1)] + upper) / 2;
}
