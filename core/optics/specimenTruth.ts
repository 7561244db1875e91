import type { ImagingPlan } from './ImagingPlan';
import type { Specimen } from './Specimen';

/**
 * Fluorophore density at the voxels of the stack.
 *
 * @param from first plane
 * @param count number of planes
 * @returns planes, row-major (y, x), 0 or more
 */
export function specimenTruth(
  plan: ImagingPlan,
  specimen: Specimen,
  from: number,
  count: number,
): Float32Array<ArrayBuffer>[] {
  const { cameraGrid } = plan;
  const { width, height, originUm, voxelUm } = cameraGrid;
  const planes = Array.from({ length: count }, () => new Float32Array(width * height));
  const topUm = originUm[2] + from * voxelUm[2];
  specimen.paint(planes, {
    ...cameraGrid,
    planes: count,
    points: 'neighbours',
    originUm: [originUm[0], originUm[1], topUm],
  });
  return planes;
}
