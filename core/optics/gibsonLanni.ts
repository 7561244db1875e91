import type { OpticalSystem } from './OpticalSystem';
import { besselJ0 } from './besselJ0';
import { gaussLegendre } from './gaussLegendre';
import type { OpticalPaths } from './opticalPaths';
import { opticalPaths, pupilNodes } from './opticalPaths';

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
 * The substitution rho = rhoMax sin t takes the square-root end point out of the integrand,
 * so that Gauss-Legendre quadrature converges at once.
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
  const pupil = gaussLegendre(nodeCount, 0, Math.PI / 2);
  const bessel = besselTable(system, paths, pupil.nodes, radiiUm);
  const intensities = new Float64Array(radiiUm.length * stageUm.length);
  const wave = new Float64Array(2 * nodeCount);
  const wavenumber = (2 * Math.PI) / system.emissionUm;
  for (let z = 0; z < stageUm.length; z++) {
    for (let i = 0; i < nodeCount; i++) {
      const rho = paths.rhoMax * Math.sin(pupil.nodes[i]!);
      const weight = pupil.weights[i]! * rho * paths.rhoMax * Math.cos(pupil.nodes[i]!);
      const phase = wavenumber * (paths.fixed(rho) + stageUm[z]! * paths.perStage(rho));
      wave[2 * i] = weight * Math.cos(phase);
      wave[2 * i + 1] = weight * Math.sin(phase);
    }
    sumOverPupil(wave, bessel, intensities.subarray(z * radiiUm.length, (z + 1) * radiiUm.length));
  }
  return intensities;
}

/** J0(k NA r rho) for every radius (rows) and node. */
function besselTable(
  system: OpticalSystem,
  paths: OpticalPaths,
  nodes: Float64Array,
  radiiUm: ArrayLike<number>,
): Float64Array {
  const scale = (2 * Math.PI * system.numericalAperture * paths.rhoMax) / system.emissionUm;
  const table = new Float64Array(radiiUm.length * nodes.length);
  for (let r = 0; r < radiiUm.length; r++) {
    for (let i = 0; i < nodes.length; i++) {
      table[r * nodes.length + i] = besselJ0(scale * radiiUm[r]! * Math.sin(nodes[i]!));
    }
  }
  return table;
}

function sumOverPupil(wave: Float64Array, bessel: Float64Array, intensities: Float64Array): void {
  const nodeCount = wave.length / 2;
  for (let r = 0; r < intensities.length; r++) {
    const row = r * nodeCount;
    let real = 0;
    let imaginary = 0;
    for (let i = 0; i < nodeCount; i++) {
      const value = bessel[row + i]!;
      real += value * wave[2 * i]!;
      imaginary += value * wave[2 * i + 1]!;
    }
    intensities[r] = real * real + imaginary * imaginary;
  }
}
