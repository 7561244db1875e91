import type { VoxelGrid } from './VoxelGrid';

/** Voxels on either side of a point that take part of its light. */
const REACH = 5;

/** Shape of the Kaiser window: a compromise between reach in frequency and ripple. */
const KAISER_BETA = 5;

/** Table entries per voxel; linear interpolation between them is right to 1e-6. */
const TABLE_STEPS = 512;

const WINDOW = kaiserTable();

const weights = [
  new Float64Array(2 * REACH),
  new Float64Array(2 * REACH),
  new Float64Array(2 * REACH),
] as const;

/**
 * Adds a point of light at any place between voxels, as a Kaiser-windowed sinc (Kaiser & Schafer 1980,
 * doi:10.1109/TASSP.1980.1163349). Up to two thirds of the highest frequency that the voxels hold, the
 * point stands where it is, to better than 1 %: nothing snaps to voxels. Its light sums to `amount`;
 * around it the density swings a little below 0, which the optics remove.
 *
 * @param planes densities, row-major (y, x), changed in place
 * @param placeUm (x, y, z) in the specimen's box
 * @param amount density times volume
 */
export function splatPoint(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  placeUm: readonly [number, number, number],
  amount: number,
): void {
  const first = [0, 0, 0];
  for (const axis of [0, 1, 2] as const) {
    const position = (placeUm[axis] - grid.originUm[axis]) / grid.voxelUm[axis];
    const count = axis === 0 ? grid.width : axis === 1 ? grid.height : grid.planes;
    if (!(position > -REACH && position < count - 1 + REACH)) return;
    first[axis] = Math.floor(position) - REACH + 1;
    const share = position - Math.floor(position);
    if (grid.points === 'neighbours') shareOut(weights[axis], share);
    else fillWeights(weights[axis], share);
  }
  const [x0, y0, z0] = first as [number, number, number];
  const density = amount / (grid.voxelUm[0] * grid.voxelUm[1] * grid.voxelUm[2]);
  const [from, to] = [Math.max(0, -x0), Math.min(2 * REACH, grid.width - x0)];
  for (let k = Math.max(0, -z0); k < Math.min(2 * REACH, grid.planes - z0); k++) {
    const plane = planes[z0 + k]!;
    for (let j = Math.max(0, -y0); j < Math.min(2 * REACH, grid.height - y0); j++) {
      const weight = density * weights[2][k]! * weights[1][j]!;
      const start = (y0 + j) * grid.width + x0;
      for (let i = from; i < to; i++)
        plane[start + i] = plane[start + i]! + weight * weights[0][i]!;
    }
  }
}

/** Weights of the voxels around a point that lies `share` of a voxel behind the middle one; they sum to 1. */
function fillWeights(target: Float64Array, share: number): void {
  const sine = Math.sin(Math.PI * share);
  let sum = 0;
  for (let i = 0; i < target.length; i++) {
    const distance = i - REACH + 1 - share;
    const sinc =
      Math.abs(distance) < 1e-9 ? 1 : ((i - REACH) % 2 === 0 ? sine : -sine) / (Math.PI * distance);
    target[i] = sinc * windowAt(Math.abs(distance));
    sum += target[i]!;
  }
  for (let i = 0; i < target.length; i++) target[i] = target[i]! / sum;
}

/** Linear interpolation, turned round. */
function shareOut(target: Float64Array, share: number): void {
  target.fill(0);
  target[REACH - 1] = 1 - share;
  target[REACH] = share;
}

function windowAt(distance: number): number {
  const position = Math.min(REACH, distance) * TABLE_STEPS;
  const index = Math.floor(position);
  const share = position - index;
  return WINDOW[index]! * (1 - share) + (WINDOW[index + 1] ?? 0) * share;
}

function kaiserTable(): Float64Array {
  return Float64Array.from({ length: REACH * TABLE_STEPS + 1 }, (_, i) =>
    besselI0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - (i / (REACH * TABLE_STEPS)) ** 2))),
  );
}

/** Modified Bessel function of order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-16 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
