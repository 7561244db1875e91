import type { TransferTable } from '#core/optics/transferTable';
import { latestOf } from '#core/util/latestOf';
import type { FittedLayers } from './fitLayers';
import { LayeredSpecimen, type LayeredField } from './LayeredSpecimen';
import { neighboursOf } from './neighboursOf';

/** Parts of a large field have up to four sizes: inside, at the sides, above and below, in corners. */
const SIZES_KEPT = 4;

/** Optics are the same for all planes of a volume, and take as long to lay out as one plane does. */
const opticsOf = latestOf(
  SIZES_KEPT,
  (field: LayeredField, table: TransferTable) => new LayeredSpecimen(field, 1, { table }),
);

/**
 * What a specimen looks like at a height, on the background that lies between those of the planes that it
 * explains: row-major (y, x), in their unit.
 *
 * @param zUm height in micrometres, within the range of the specimen's field
 */
export function layersImage(specimen: FittedLayers, zUm: number): Float32Array<ArrayBuffer> {
  const { field, spectra, table, backgrounds } = specimen;
  const image = opticsOf(field, table).imageOf(spectra, zUm);
  const { lower, upper, share } = neighboursOf(specimen.zUm, zUm);
  const background = backgrounds[lower]! * (1 - share) + backgrounds[upper]! * share;
  for (let i = 0; i < image.length; i++) image[i]! += background;
  return image;
}
