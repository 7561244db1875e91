import type { Region } from '#core/image/PlaneSource';

/** How a plane is cut. All lengths are pixels. */
export interface TileOptions {
  /** Side of the part of a tile that is kept. @default 1024 */
  readonly tilePx?: number;
  /** Pixels around it that the network sees too. */
  readonly haloPx: number;
  /** Pixels on both sides of a seam over which one tile fades into the next. @default 16 */
  readonly blendPx?: number;
  /** Sizes and positions of blocks are multiples of this. */
  readonly multiplePx: number;
}

/** One tile: what the network sees, and what is kept of it. */
export interface Tile {
  /** Rectangle that the network sees; its right and lower end may lie outside the image. */
  readonly block: Region;
  /** Rectangle of the image that the tile alone would fill. */
  readonly core: Region;
  /** Pixels over which it fades out beyond its core, where it has neighbours. */
  readonly blendPx: number;
}

/** One axis of a tile. */
interface Span {
  readonly blockStart: number;
  readonly blockEnd: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts an image into tiles whose cores cover it once. Blocks start at multiples of `multiplePx`, so
 * that pooling falls on the same pixels as in the whole image, and end at most where the image,
 * filled up to a multiple, ends.
 *
 * @throws RangeError when a length is no positive whole number, or the halo is smaller than the blend
 */
export function planTiles(width: number, height: number, options: TileOptions): Tile[] {
  const { tilePx = 1024, haloPx, blendPx = 16, multiplePx } = options;
  for (const length of [width, height, tilePx, multiplePx]) {
    if (!Number.isInteger(length) || length < 1) throw new RangeError(`${length} is no length.`);
  }
  if (haloPx < blendPx) throw new RangeError('The halo must be at least as wide as the blend.');
  const rows = spans(height, tilePx, haloPx, multiplePx);
  const columns = spans(width, tilePx, haloPx, multiplePx);
  return rows.flatMap((row) =>
    columns.map((column) => ({
      block: {
        x: column.blockStart,
        y: row.blockStart,
        width: column.blockEnd - column.blockStart,
        height: row.blockEnd - row.blockStart,
      },
      core: {
        x: column.start,
        y: row.start,
        width: column.end - column.start,
        height: row.end - row.start,
      },
      blendPx,
    })),
  );
}

/** Equal parts of at most `tilePx`, grown by the halo to multiples. */
function spans(length: number, tilePx: number, haloPx: number, multiplePx: number): Span[] {
  const count = Math.ceil(length / tilePx);
  const filled = Math.ceil(length / multiplePx) * multiplePx;
  return Array.from({ length: count }, (_, index) => {
    const start = Math.round((index * length) / count);
    const end = Math.round(((index + 1) * length) / count);
    const blockStart = Math.floor((start - haloPx) / multiplePx) * multiplePx;
    const blockEnd = Math.ceil((end + haloPx) / multiplePx) * multiplePx;
    return {
      blockStart: index === 0 ? 0 : Math.max(0, blockStart),
      blockEnd: index === count - 1 ? filled : Math.min(filled, blockEnd),
      start,
      end,
    };
  });
}
