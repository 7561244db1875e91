import { rowProducts } from '#core/util/simd/rowProducts';
import type { OpticalSystem } from './OpticalSystem';
import { besselJ0 } from './besselJ0';
import { opticalPaths, pupilNodes } from './opticalPaths';
import { pupilRule } from './pupilRule';
import { pupilWaves } from './pupilWaves';
import { squaredModuli } from './squaredModuli';

/** Where the emitter lies, and how finely the pupil is sampled. */
export interface GibsonLanniOptions {
  /** Depth of the emitter below the coverslip, in micrometres. @default 0 */
  readonly depthUm?: number;
  /** Quadrature nodes over the pupil. @default as many as the phase needs for 1e-9 */
  readonly nodes?: number;
}

/**
 * Scalar wide-field point-spread function of Gibson and Lanni for an emitter under a coverslip.
 *
 * I(r, z) = | integral over 0 … rhoMax of J0(k NA r rho) exp(i k OPD(rho, z)) rho d rho |^2, where
 * OPD sums the paths in specimen, immersion and coverslip less those of the design conditions.
 * Waves that total reflection keeps from the objective (rho NA above an index) do not count.
 *
 * @param system objective, media and wavelength
 * @param radiiUm distances from the optical axis in object space, in micrometres
 * @param stageUm stage positions in micrometres; 0 focuses the inner coverslip face, and a matched
 *   emitter at depth d is in focus at -d
 * @returns intensities, not normalised (0.25 at the focus of a flat full pupil), row-major (z, r)
 * @throws RangeError when the aperture, an index or the wavelength makes no sense
 * @see Gibson & Lanni 1991, doi:10.1364/JOSAA.8.001601
 */
export function gibsonLanni(
  system: OpticalSystem,
  radiiUm: ArrayLike<number>,
  stageUm: ArrayLike<number>,
  options: GibsonLanniOptions = {},
): Float64Array<ArrayBuffer> {
  const { depthUm = 0 } = options;
  const paths = opticalPaths(system, depthUm);
  const nodeCount = options.nodes ?? pupilNodes(system, paths, radiiUm, stageUm);
  const rule = pupilRule(paths, nodeCount);
  const waves = pupilWaves(system, paths, rule, stageUm);
  const bessel = besselTable(system, rule.rho, radiiUm);
  return squaredModuli(rowProducts(waves, bessel, nodeCount), radiiUm.length);
}

/** J0(k NA r rho) for every radius (rows) and node. */
function besselTable(
  { numericalAperture, emissionUm }: OpticalSystem,
  rho: Float64Array,
  radiiUm: ArrayLike<number>,
): Float64Array {
  const scale = (2 * Math.PI * numericalAperture) / emissionUm;
  const table = new Float64Array(radiiUm.length * rho.length);
  for (let r = 0, at = 0; r < radiiUm.length; r++) {
    for (let i = 0; i < rho.length; i++, at++) table[at] = besselJ0(scale * radiiUm[r]! * rho[i]!);
  }
  return table;
}
