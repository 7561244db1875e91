import type { ImagingPlan } from './ImagingPlan';
import { RealTransform } from '#core/util/fourier/RealTransform';
import type { Specimen } from './Specimen';

/**
 * Paints a slab of a specimen and transforms its planes.
 *
 * @param from first plane of the specimen grid
 * @param count number of planes
 * @returns for each plane its kept frequencies, interleaved (re, im)
 */
export function specimenSpectra(
  plan: ImagingPlan,
  specimen: Specimen,
  from: number,
  count: number,
): Float32Array<ArrayBuffer>[] {
  const { specimenGrid, layout } = plan;
  const { width, height, originUm, voxelUm } = specimenGrid;
  const planes = Array.from({ length: count }, () => new Float32Array(width * height));
  const topUm = originUm[2] + from * voxelUm[2];
  specimen.paint(planes, {
    ...specimenGrid,
    planes: count,
    originUm: [originUm[0], originUm[1], topUm],
  });
  const spectra = planes.map(() => new Float32Array(2 * layout.length));
  const transform = new RealTransform(layout);
  planes.forEach((plane, z) => transform.forwardPlane(plane, spectra[z]!));
  return spectra;
}
