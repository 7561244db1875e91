import { AxialError } from '#core/util/errors';
import { computeInTiles, type TileWork } from './computeInTiles';
import type { ReconstructionModel, RunBlock } from './ReconstructionModel';
import { DPM_UNIT_UM } from './ReconstructionModel';
import { allFinite } from '#core/util/allFinite';
import { copyReflected } from '#core/util/copyReflected';
import { orderByDistance } from './planReconstruction';
import type { Tile } from './planTiles';

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
export interface ReconstructPlaneOptions extends TileWork {
  /**
   * `nearestLast` sorts the inputs by their mean distance to the target, farthest first;
   * `asGiven` keeps the order of the request. @default 'nearestLast'
   */
  readonly order?: 'nearestLast' | 'asGiven';
  /** Gives memory for a block of so many numbers, whatever they are. @default new memory */
  readonly memory?: (length: number) => Float32Array<ArrayBuffer>;
}

type PlaneModel = Pick<ReconstructionModel, 'multiplePx' | 'minPx' | 'receptiveFieldPx'>;

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
  const {
    order = 'nearestLast',
    memory = (length: number) => new Float32Array(length),
    ...follow
  } = options;
  checkRequest(request);
  const sorted = order === 'nearestLast' ? sortInputs(request) : request;
  const { width, height, inputs } = sorted;
  return computeInTiles(
    { width, height },
    (tile, signal) => {
      const { width: blockWidth, height: blockHeight } = tile.block;
      const data = memory(2 * inputs.length * blockWidth * blockHeight);
      fillBlock(sorted, tile, data);
      const block = { inputCount: inputs.length, width: blockWidth, height: blockHeight, data };
      return run(block, signal);
    },
    { ...model, ...follow, reachPx: () => model.receptiveFieldPx(inputs.length) },
  );
}

/** Images and distances of one tile as (m, 2, y, x). */
function fillBlock(request: PlaneRequest, tile: Tile, data: Float32Array): void {
  const area = tile.block.width * tile.block.height;
  request.inputs.forEach((input, m) => {
    const images = data.subarray(2 * m * area, (2 * m + 1) * area);
    copyReflected(input, request, tile.block, images, 0);
    clearHoles(images);
    const distances = data.subarray((2 * m + 1) * area, (2 * m + 2) * area);
    fillDistances(request, request.inputsZUm[m] ?? 0, tile, distances);
  });
}

function clearHoles(samples: Float32Array): void {
  if (allFinite(samples)) return;
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
