/** A square region of an image, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** How a foreground is covered. */
export interface CoverOptions {
  readonly width: number;
  readonly height: number;
  /** Side of the regions. @default 256 */
  readonly side?: number;
  /** Share of a region that others may cover, too. @default 0.05 */
  readonly overlap?: number;
  /** Regions with a smaller share of foreground that no other region has are not worth taking. @default 0.02 */
  readonly leastForeground?: number;
  /** Regions begin at multiples of this. @default side / 32, at least 1 */
  readonly gridPx?: number;
}

/**
 * Covers the foreground of an image with square regions, greedily: the next one is always that with
 * most foreground that is not covered yet, the first in reading order of equal ones.
 *
 * @param foreground 1 where there is something to learn from, else 0; row-major (y, x)
 * @returns the regions, richest first; none when the image is smaller than a region
 * @see Wu Y. et al., Nature Methods 16, 2019, doi:10.1038/s41592-019-0622-5 (256 x 256 regions that
 * overlap by 5 %; Recurrent-MZ takes 0 %)
 */
export function coverRegions(foreground: Uint8Array, options: CoverOptions): Region[] {
  const { width, height, side = 256, overlap = 0.05, leastForeground = 0.02 } = options;
  const { gridPx = Math.max(1, Math.floor(side / 32)) } = options;
  const left = foreground.slice();
  const covered = new Uint8Array(left.length);
  const regions: Region[] = [];
  const area = side * side;
  for (;;) {
    const gains = summedArea(left, width, height);
    const overlaps = summedArea(covered, width, height);
    let best: Region | null = null;
    let most = Math.max(1, leastForeground * area) - 0.5;
    for (const top of positions(height - side, gridPx)) {
      for (const x of positions(width - side, gridPx)) {
        const region = { left: x, top, side };
        const gain = sumOf(gains, width, region);
        if (gain <= most || sumOf(overlaps, width, region) > overlap * area) continue;
        most = gain;
        best = region;
      }
    }
    if (best === null) return regions;
    regions.push(best);
    paint(left, width, best, 0);
    paint(covered, width, best, 1);
  }
}

/** Multiples of the grid up to `last`, and `last` itself, so that the border can be reached. */
function positions(last: number, gridPx: number): number[] {
  const all: number[] = [];
  for (let at = 0; at <= last; at += gridPx) all.push(at);
  if (last > 0 && last % gridPx !== 0) all.push(last);
  return all;
}

/** Sums over everything above and to the left, with a row and a column of zeros before. */
function summedArea(values: Uint8Array, width: number, height: number): Uint32Array {
  const stride = width + 1;
  const sums = new Uint32Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x];
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
    }
  }
  return sums;
}

function sumOf(sums: Uint32Array, width: number, { left, top, side }: Region): number {
  const stride = width + 1;
  const above = top * stride + left;
  const below = above + side * stride;
  return sums[below + side] - sums[below] - sums[above + side] + sums[above];
}

function paint(
  values: Uint8Array,
  width: number,
  { left, top, side }: Region,
  value: number,
): void {
  for (let y = top; y < top + side; y++)
    values.fill(value, y * width + left, y * width + left + side);
}
