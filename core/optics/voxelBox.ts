import type { VoxelGrid } from './VoxelGrid';

/** Voxels of a grid around a place, first and last on each axis. */
export interface VoxelBox {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly z: readonly [number, number];
  readonly isEmpty: boolean;
}

/**
 * The voxels whose centres lie within a distance of a place, cut at the borders of the grid.
 *
 * @param reachUm distance along (x, y, z)
 */
export function voxelBox(
  grid: VoxelGrid,
  centreUm: readonly [number, number, number],
  reachUm: readonly [number, number, number],
): VoxelBox {
  const counts = [grid.width, grid.height, grid.planes] as const;
  const range = (axis: 0 | 1 | 2): readonly [number, number] => {
    const centre = centreUm[axis] - grid.originUm[axis];
    return [
      Math.max(0, Math.ceil((centre - reachUm[axis]) / grid.voxelUm[axis])),
      Math.min(counts[axis] - 1, Math.floor((centre + reachUm[axis]) / grid.voxelUm[axis])),
    ];
  };
  const [x, y, z] = [range(0), range(1), range(2)];
  return { x, y, z, isEmpty: x[0] > x[1] || y[0] > y[1] || z[0] > z[1] };
}

/** Calls `visit` with plane, index in it, and place in micrometres of every voxel of a box. */
export function eachVoxel(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  box: VoxelBox,
  visit: (plane: Float32Array, index: number, xUm: number, yUm: number, zUm: number) => void,
): void {
  const { originUm, voxelUm } = grid;
  for (let z = box.z[0]; z <= box.z[1]; z++) {
    for (let y = box.y[0]; y <= box.y[1]; y++) {
      for (let x = box.x[0]; x <= box.x[1]; x++) {
        visit(
          planes[z]!,
          y * grid.width + x,
          originUm[0] + x * voxelUm[0],
          originUm[1] + y * voxelUm[1],
          originUm[2] + z * voxelUm[2],
        );
      }
    }
  }
}
