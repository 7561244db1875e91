import { cropPixels } from '#core/image/cropPixels';
import type { LevelSize } from '#core/image/PlaneSource';
import { cancelledError, isAxialError } from '#core/util/errors';
import { TileBlender } from './TileBlender';
import { planTiles, type Tile } from './planTiles';

type Samples = Float32Array<ArrayBuffer>;

/** How the caller follows, speeds and stops the work. */
export interface TileWork {
  /** Side in pixels of the part of a tile that is kept. @default 1024 */
  readonly tilePx?: number;
  /** Pixels that a tile sees beyond that. @default as many as change its result */
  readonly haloPx?: number;
  /** Called when the device ran out of memory, with the side of the tiles that are tried next. */
  readonly onSmallerTiles?: (tilePx: number) => void;
  /** Called after each tile with the share done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** How large the blocks may be that a network is fed, and how far it sees. */
export interface BlockSizes {
  /** Height and width of a block are `minPx`, or a multiple of this more. */
  readonly multiplePx: number;
  /** @default multiplePx */
  readonly minPx?: number;
  /**
   * Pixels around a sample that change it; `Infinity` sees the whole plane, which then is one tile. Asked
   * for only where there are several tiles: finding out takes a while.
   */
  readonly reachPx: () => number;
}

const BLEND_PX = 16;

/** Halos cost more than this saves where tiles get smaller still. */
const SMALLEST_TILE_PX = 64;

/**
 * Computes a plane in tiles that overlap by what the network sees, so that no seam appears. When the
 * device runs out of memory the plane is computed again in tiles of half the side, down to 64 pixels.
 *
 * @param compute makes the samples of a tile's block, row-major (y, x)
 * @throws AxialError CancelledError when the signal fires, and what `compute` throws
 */
export async function computeInTiles(
  size: LevelSize,
  compute: (tile: Tile, signal?: AbortSignal) => Promise<Samples>,
  options: BlockSizes & TileWork,
): Promise<Samples> {
  const longer = Math.max(size.width, size.height);
  const { tilePx = 1024 } = options;
  const haloOf = (side: number): number =>
    options.haloPx ?? (side >= longer ? 0 : options.reachPx() + BLEND_PX);
  let side = haloOf(Math.min(tilePx, longer)) === Infinity ? longer : Math.min(tilePx, longer);
  for (;;) {
    try {
      return await computeTiles(size, compute, { ...options, haloPx: haloOf(side), tilePx: side });
    } catch (error) {
      const last = side <= SMALLEST_TILE_PX || haloOf(Math.ceil(side / 2)) === Infinity;
      if (!ranOutOfMemory(error) || last) throw error;
      side = Math.ceil(side / 2);
      options.onSmallerTiles?.(side);
    }
  }
}

async function computeTiles(
  { width, height }: LevelSize,
  compute: (tile: Tile, signal?: AbortSignal) => Promise<Samples>,
  options: BlockSizes & TileWork & { readonly tilePx: number; readonly haloPx: number },
): Promise<Samples> {
  const { tilePx, haloPx, multiplePx, minPx = multiplePx, onProgress, signal } = options;
  const blendPx = Math.min(BLEND_PX, haloPx);
  const tiles = planTiles(width, height, { tilePx, haloPx, blendPx, multiplePx });
  const allowed = tiles.map(({ block, ...tile }) => {
    const width = allowedSide(block.width, minPx, multiplePx);
    return {
      ...tile,
      block: { ...block, width, height: allowedSide(block.height, minPx, multiplePx) },
    };
  });
  const computed = async (tile: Tile, index: number): Promise<Samples> => {
    if (signal?.aborted) throw cancelledError(signal.reason);
    const values = await compute(tile, signal);
    if (signal?.aborted) throw cancelledError(signal.reason);
    onProgress?.((index + 1) / tiles.length);
    return values;
  };
  const [only, ...others] = allowed;
  if (only && others.length === 0)
    return cropPixels(await computed(only, 0), only.block, only.core);
  const blender = new TileBlender(width, height);
  for (const [index, tile] of allowed.entries()) blender.add(tile, await computed(tile, index));
  return blender.finish();
}

/** The smallest allowed side that is not shorter. */
function allowedSide(side: number, minPx: number, multiplePx: number): number {
  return minPx + Math.ceil(Math.max(0, side - minPx) / multiplePx) * multiplePx;
}

function ranOutOfMemory(error: unknown): boolean {
  return isAxialError(error, 'DeviceError') && error.details['outOfMemory'] === true;
}
