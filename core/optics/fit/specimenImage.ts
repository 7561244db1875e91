import type { FittedSpecimen } from './fitSpecimen';
import { LayeredSpecimen } from './LayeredSpecimen';

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
  const { field, spectra, table, backgrounds } = specimen;
  const image = new LayeredSpecimen(field, 1, table).imageOf(spectra, zUm);
  const background = levelAt(specimen.zUm, backgrounds, zUm);
  for (let i = 0; i < image.length; i++) image[i]! += background;
  return image;
}

/** Linear between the levels at the given heights, even beyond them. */
function levelAt(zUm: readonly number[], levels: readonly number[], atUm: number): number {
  const order = zUm.map((_, i) => i).sort((a, b) => zUm[a]! - zUm[b]!);
  const upper = order.find((i) => zUm[i]! >= atUm) ?? order.at(-1)!;
  const lower = order.findLast((i) => zUm[i]! <= atUm) ?? order[0]!;
  const gap = zUm[upper]! - zUm[lower]!;
  const share = gap > 0 ? (atUm - zUm[lower]!) / gap : 0;
  return levels[lower]! * (1 - share) + levels[upper]! * share;
}
