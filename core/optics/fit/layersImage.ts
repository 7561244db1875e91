import type { FittedLayers } from './fitLayers';
import { LayeredSpecimen } from './LayeredSpecimen';
import { neighboursOf } from './neighboursOf';

/**
 * What a specimen looks like at a height, on the background that lies between those of the planes that it
 * explains: row-major (y, x), in their unit.
 *
 * @param zUm height in micrometres, within the range of the specimen's field
 */
export function layersImage(specimen: FittedLayers, zUm: number): Float32Array<ArrayBuffer> {
  const { field, spectra, table, backgrounds } = specimen;
  const image = new LayeredSpecimen(field, 1, { table }).imageOf(spectra, zUm);
  const { lower, upper, share } = neighboursOf(specimen.zUm, zUm);
  const background = backgrounds[lower]! * (1 - share) + backgrounds[upper]! * share;
  for (let i = 0; i < image.length; i++) image[i]! += background;
  return image;
}
