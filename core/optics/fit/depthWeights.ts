import type { LayeredSpecimen } from './LayeredSpecimen';
import { layerThickness } from './layerThickness';

/**
 * How much light layers begin with. A plane shows what lies in its focus far more sharply than anything else, so that
 * the search for a specimen puts light there first, and what lies between planes would come back as faint halos in
 * several of them. Layers of which planes show little begin with more light instead, as depth is weighed where sources
 * of a magnetic field are sought (Lin et al. 2006, doi:10.1016/j.neuroimage.2005.11.054). Beyond the range of a
 * field, where nothing tells how deep light lies, they have no more than within. A layer that stands for more of the
 * height has more.
 *
 * @param zUm heights of the planes, in micrometres
 * @param rangeUm the lowest and highest plane
 * @param exponent 0 for layers that begin alike, 1 makes up for what planes show less, more looks for structure far
 *   from all of them
 * @returns 1 in the mean
 */
export function depthWeights(
  specimen: LayeredSpecimen,
  zUm: readonly number[],
  { rangeUm, exponent }: { readonly rangeUm: readonly [number, number]; readonly exponent: number },
): number[] {
  const weightAt = (layerUm: number): number =>
    zUm.reduce((sum, z) => sum + specimen.energyOver(z - layerUm), 0) ** -exponent;
  const { layerZUm } = specimen;
  const within = layerZUm.filter((z) => z >= rangeUm[0] && z <= rangeUm[1]);
  const most = Math.max(...[...within, ...rangeUm].map(weightAt));
  const thickness = layerThickness(layerZUm);
  const weights = layerZUm.map((z, i) => thickness[i]! * Math.min(most, weightAt(z)));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}
