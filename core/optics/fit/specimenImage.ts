import { pointsImage } from '#core/optics/points/pointsImage';
import type { FittedSpecimen } from './fitSpecimen';
import { layersImage } from './layersImage';

/**
 * What a specimen looks like at a height, on the background that lies between those of the planes that it
 * explains: row-major (y, x), in their unit.
 *
 * @param zUm height in micrometres, within the range of the specimen's field
 */
export function specimenImage({
  specimen,
  zUm,
}: {
  readonly specimen: FittedSpecimen;
  readonly zUm: number;
}): Float32Array<ArrayBuffer> {
  return specimen.kind === 'points' ? pointsImage(specimen, zUm) : layersImage(specimen, zUm);
}
