import type { VoxelGrid } from './VoxelGrid';

/** Sides (x, y, z) of the box that a specimen fills, in micrometres. */
export type BoxSizeUm = readonly [number, number, number];

/**
 * Fluorophores in a box, placed once and painted on any voxels: on fine ones for the optics, on the
 * camera's for the truth, and slab by slab when there are many.
 */
export interface Specimen {
  /**
   * Paints fluorophore density, per cubic micrometre in arbitrary units.
   *
   * @param planes planes of the grid, row-major (y, x), 0 everywhere before
   * @param grid any part of the box, and what sticks out of it stays dark
   */
  paint(planes: readonly Float32Array[], grid: VoxelGrid): void;
}
