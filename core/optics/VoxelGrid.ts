/** A regular grid of voxels; voxel (0, 0, 0) has its centre at the origin. */
export interface VoxelGrid {
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly pixelSizeUm: number;
  readonly zStepUm: number;
}
