/** Voxels that a specimen is painted on. */
export interface VoxelGrid {
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  /** Distances between voxels along (x, y, z). */
  readonly voxelUm: readonly [number, number, number];
  /** Where the centre of voxel (0, 0, 0) lies in the specimen's box, (x, y, z). */
  readonly originUm: readonly [number, number, number];
  /**
   * How a point between voxels is shared out: so that the optics see it exactly where it is, or among its
   * eight neighbours, which a person understands. @default 'exact'
   */
  readonly points?: 'exact' | 'neighbours';
}
