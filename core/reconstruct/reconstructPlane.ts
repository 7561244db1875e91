import { cropPixels } from '#core/image/cropPixels';
import { AxialError, cancelledError, isAxialError } from '#core/util/errors';
import { TileBlender } from './TileBlender';
import type { ReconstructionModel, RunBlock } from './ReconstructionModel';
import { DPM_UNIT_UM } from './ReconstructionModel';
import { copyReflected } from '#core/util/copyReflected';
import { orderByDistance } from './planReconstruction';
import type { Tile } from './planTiles';
import { planTiles } from './planTiles';

/** One plane to compute from normalised images of one size. */
export interface PlaneRequest {
  readonly width: number;
  readonly height: number;
  /** Row-major (y, x) samples of each input, normalised as the model wants them. */
  readonly inputs: readonly Float32Array[];
  /** Position of each input in micrometres, in any order: one for the plane, or one for each pixel (y, x). */
  readonly inputsZUm: readonly (number | Float32Array)[];
  /** Position of the target in micrometres: one for the plane, or one for each pixel (y, x). */
  readonly targetZUm: number | Float32Array;
}

/** How a plane is cut into tiles, and how the caller follows and stops the work. */
export interface ReconstructPlaneOptions {
  /** Side in pixels of the part of a tile that is kept. @default 1024 */
  readonly tilePx?: number;
  /** Pixels that a tile sees beyond that. @default as many as change its result */
  readonly haloPx?: number;
  /**
   * `nearestLast` sorts the inputs by their mean distance to the target, farthest first;
   * `asGiven` keeps the order of the request. @default 'nearestLast'
   */
  readonly order?: 'nearestLast' | 'asGiven';
  /** Called when the device ran out of memory, with the side of the tiles that are tried next. */
  readonly onSmallerTiles?: (tilePx: number) => void;
  /** Called after each tile with the share done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

const BLEND_PX = 16;

/** Halos cost more than this saves where tiles get smaller still. */
const SMALLEST_TILE_PX = 64;

type PlaneModel = Pick<ReconstructionModel, 'multiplePx' | 'receptiveFieldPx'>;

/**
 * Computes one plane with a network, at any size from 1 x 1: the image is continued by reflection up
 * to the multiple that the network needs, and planes larger than a tile are computed in tiles that
 * overlap by what the network sees, so that no seam appears. Input samples that are not finite count as
 * background (0). When the device runs out of memory the plane is computed again in tiles of half the
 * side, down to 64 pixels.
 *
 * @returns row-major (y, x) samples in the normalised units of the inputs
 * @throws AxialError ImpossibleRequestError when sizes do not fit or a position is not finite,
 *   CancelledError when the signal fires, and what `run` throws
 */
export async function reconstructPlane(
  request: PlaneRequest,
  model: PlaneModel,
  run: RunBlock,
  options: ReconstructPlaneOptions = {},
): Promise<Float32Array<ArrayBuffer>> {
  const { tilePx = 1024, order = 'nearestLast' } = options;
  checkRequest(request);
  const sorted = order === 'nearestLast' ? sortInputs(request) : request;
  let side = Math.min(tilePx, Math.max(request.width, request.height));
  for (;;) {
    try {
      return await reconstructInTiles(sorted, model, run, { ...options, tilePx: side });
    } catch (error) {
      if (!ranOutOfMemory(error) || side <= SMALLEST_TILE_PX) throw error;
      side = Math.ceil(side / 2);
      options.onSmallerTiles?.(side);
    }
  }
}

async function reconstructInTiles(
  request: PlaneRequest,
  model: PlaneModel,
  run: RunBlock,
  options: ReconstructPlaneOptions & { readonly tilePx: number },
): Promise<Float32Array<ArrayBuffer>> {
  const { width, height, inputs } = request;
  const { onProgress, signal } = options;
  const tiles = tilesOf(request, model, options);
  const compute = async (tile: Tile, index: number): Promise<Float32Array<ArrayBuffer>> => {
    if (signal?.aborted) throw cancelledError(signal.reason);
    const { width, height } = tile.block;
    const data = fillBlock(request, tile);
    const values = await run({ inputCount: inputs.length, width, height, data }, signal);
    if (signal?.aborted) throw cancelledError(signal.reason);
    onProgress?.((index + 1) / tiles.length);
    return values;
  };
  const [only, ...others] = tiles;
  if (only && others.length === 0) return cropPixels(await compute(only, 0), only.block, only.core);
  const blender = new TileBlender(width, height);
  for (const [index, tile] of tiles.entries()) blender.add(tile, await compute(tile, index));
  return blender.finish();
}

function tilesOf(
  { width, height, inputs }: PlaneRequest,
  { multiplePx, receptiveFieldPx }: PlaneModel,
  options: ReconstructPlaneOptions & { readonly tilePx: number },
): Tile[] {
  const { tilePx } = options;
  // A tile without neighbours needs no halo, and finding out how far the network sees takes a while.
  const isWhole = Math.max(width, height) <= tilePx;
  const { haloPx = isWhole ? 0 : receptiveFieldPx(inputs.length) + BLEND_PX } = options;
  const blendPx = Math.min(BLEND_PX, haloPx);
  return planTiles(width, height, { tilePx, haloPx, blendPx, multiplePx });
}

function ranOutOfMemory(error: unknown): boolean {
  return isAxialError(error, 'DeviceError') && error.details['outOfMemory'] === true;
}

/** Images and distances of one tile as (m, 2, y, x). */
function fillBlock(request: PlaneRequest, tile: Tile): Float32Array<ArrayBuffer> {
  const area = tile.block.width * tile.block.height;
  const data = new Float32Array(2 * area * request.inputs.length);
  request.inputs.forEach((input, m) => {
    const images = data.subarray(2 * m * area, (2 * m + 1) * area);
    copyReflected(input, request, tile.block, images, 0);
    clearHoles(images);
    const distances = data.subarray((2 * m + 1) * area, (2 * m + 2) * area);
    fillDistances(request, request.inputsZUm[m] ?? 0, tile, distances);
  });
  return data;
}

function clearHoles(samples: Float32Array): void {
  for (let i = 0; i < samples.length; i++) if (!Number.isFinite(samples[i])) samples[i] = 0;
}

/** Target minus input in the network's unit, from one height or one for each pixel of the plane. */
function fillDistances(
  request: PlaneRequest,
  inputZUm: number | Float32Array,
  { block }: Tile,
  distances: Float32Array,
): void {
  const { targetZUm } = request;
  if (typeof targetZUm === 'number' && typeof inputZUm === 'number') {
    // Rounded first, as maps are, so that a flat map gives the same plane.
    distances.fill((Math.fround(targetZUm) - Math.fround(inputZUm)) / DPM_UNIT_UM);
    return;
  }
  const [targets, heights] = [targetZUm, inputZUm].map((zUm) => {
    const values = new Float32Array(distances.length);
    if (typeof zUm === 'number') return values.fill(zUm);
    copyReflected(zUm, request, block, values, 0);
    return values;
  });
  for (let i = 0; i < distances.length; i++) {
    distances[i] = ((targets?.[i] ?? 0) - (heights?.[i] ?? 0)) / DPM_UNIT_UM;
  }
}

function sortInputs(request: PlaneRequest): PlaneRequest {
  const targetUm = meanHeight(request.targetZUm);
  const order = orderByDistance(request.inputsZUm.map((zUm) => targetUm - meanHeight(zUm)));
  return {
    ...request,
    inputs: order.flatMap((index) => request.inputs[index] ?? []),
    inputsZUm: order.map((index) => request.inputsZUm[index] ?? 0),
  };
}

function checkRequest({ width, height, inputs, inputsZUm, targetZUm }: PlaneRequest): void {
  const area = width * height;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw impossible(`A plane of ${width} x ${height} pixels cannot be computed.`);
  }
  if (inputs.length === 0) throw impossible('There is no input plane.');
  if (inputs.length !== inputsZUm.length) throw impossible('Every input plane needs one z.');
  if (inputs.some((input) => input.length !== area)) {
    throw impossible(`Every input plane must have ${width} x ${height} pixels.`);
  }
  for (const heights of [targetZUm, ...inputsZUm]) {
    if (typeof heights !== 'number' && heights.length !== area) {
      throw impossible(`A map of heights must have ${width} x ${height} pixels.`);
    }
    const all = typeof heights === 'number' ? [heights] : heights;
    if (!all.every(Number.isFinite)) throw impossible('A z position is not finite.');
  }
}

function impossible(message: string): AxialError {
  return new AxialError('ImpossibleRequestError', message, 'Check the input planes and their z.');
}

/** The one height, or the mean of many. */
function meanHeight(zUm: number | Float32Array): number {
  if (typeof zUm === 'number') return zUm;
  let sum = 0;
  for (const height of zUm) sum += height;
  return sum / zUm.length;
}
