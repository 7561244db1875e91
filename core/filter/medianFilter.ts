import type { Plane } from '#core/image/Plane';
import { discRows } from './discRows';
import { LevelHistogram } from './LevelHistogram';
import { rankLevels } from './rankLevels';
import { LARGEST_SORTED_DISC, sortDisc } from './sortDisc';

/**
 * Median of the disc around each pixel; the disc is ImageJ's (see `discRows`), and beyond the border
 * the nearest pixel goes on. Equal to ImageJ's Median and to `scipy.ndimage.median_filter` with that
 * footprint and mode "nearest". NaN is left out of the disc (of an even number the two middle values
 * are averaged); a disc of nothing else gives NaN.
 *
 * Small discs are sorted. For others a histogram moves along each row and changes by the edge of the
 * disc only: Huang, Yang and Tang 1979, doi:10.1109/TASSP.1979.1163188.
 *
 * @param radiusPx in pixels, above 0
 * @throws RangeError when the radius is not above 0
 */
export function medianFilter({ width, height, data }: Plane, radiusPx: number): Plane {
  if (!(radiusPx > 0)) throw new RangeError(`A median of radius ${radiusPx} is none.`);
  const reach = discRows(radiusPx);
  const { ranks, values } = rankLevels(data);
  const margin = { x: Math.max(...reach), y: reach.length - 1 };
  const stride = width + 2 * margin.x;
  const padded = withMargin({ ranks, width, height }, margin);
  const disc = discOffsets(reach, stride);
  const scan = { padded, values, width, height, stride, first: margin.y * stride + margin.x };
  const medians = disc.whole.length <= LARGEST_SORTED_DISC ? sortedMedians : countedMedians;
  return { width, height, data: medians(scan, disc) };
}

/** Ranks with a margin, row after row from `first` on. */
interface Scan {
  readonly padded: Int32Array;
  /** Value of each rank. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly first: number;
}

/** Offsets from the centre of a disc: of its pixels, and of those at the left and right end of its rows. */
interface DiscOffsets {
  readonly whole: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

function sortedMedians(
  { padded, values, width, height, stride, first }: Scan,
  { whole }: DiscOffsets,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(width * height);
  const sorted = new Int32Array(whole.length);
  for (let i = 0; i < out.length; i++) {
    const at = first + Math.floor(i / width) * stride + (i % width);
    const count = sortDisc(padded, at, whole, sorted);
    const middle = count >> 1;
    if (count === 0) out[i] = Number.NaN;
    else if (count % 2 === 1) out[i] = values[sorted[middle]];
    else out[i] = (values[sorted[middle - 1]] + values[sorted[middle]]) / 2;
  }
  return out;
}

function countedMedians(
  { padded, values, width, height, stride, first }: Scan,
  disc: DiscOffsets,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(width * height);
  const histogram = new LevelHistogram(Math.max(1, values.length));
  for (let y = 0; y < height; y++) {
    const row = first + y * stride;
    histogram.clear();
    histogram.add(padded, row, disc.whole);
    out[y * width] = middleOf(histogram, values);
    for (let x = 1; x < width; x++) {
      histogram.remove(padded, row + x - 1, disc.left);
      histogram.add(padded, row + x, disc.right);
      out[y * width + x] = middleOf(histogram, values);
    }
  }
  return out;
}

/** The samples with the nearest ones repeated around them, so that every disc lies inside. */
function withMargin(
  { ranks, width, height }: { ranks: Int32Array; width: number; height: number },
  margin: { readonly x: number; readonly y: number },
): Int32Array {
  const stride = width + 2 * margin.x;
  const padded = new Int32Array(stride * (height + 2 * margin.y));
  for (let y = 0; y < height + 2 * margin.y; y++) {
    const from = Math.min(height - 1, Math.max(0, y - margin.y)) * width;
    const to = y * stride;
    padded.fill(ranks[from], to, to + margin.x);
    padded.set(ranks.subarray(from, from + width), to + margin.x);
    padded.fill(ranks[from + width - 1], to + margin.x + width, to + stride);
  }
  return padded;
}

function discOffsets(reach: Int32Array, stride: number): DiscOffsets {
  const rows = Array.from({ length: 2 * reach.length - 1 }, (_, i) => i - reach.length + 1);
  const ends = rows.map((dy) => ({ row: dy * stride, half: reach[Math.abs(dy)] }));
  const whole = ends.flatMap(({ row, half }) =>
    Array.from({ length: 2 * half + 1 }, (_, i) => row + i - half),
  );
  return {
    whole: Int32Array.from(whole),
    left: Int32Array.from(ends, ({ row, half }) => row - half),
    right: Int32Array.from(ends, ({ row, half }) => row + half),
  };
}

function middleOf(histogram: LevelHistogram, values: Float32Array): number {
  const { total } = histogram;
  if (total === 0) return Number.NaN;
  const upper = values[histogram.levelAt(total >> 1)];
  if (total % 2 === 1) return upper;
  return (values[histogram.levelAt((total >> 1) - 1)] + upper) / 2;
}
