import type { OpticalSystem } from './OpticalSystem';
import { besselJ0 } from './besselJ0';
import { gaussLegendre } from './gaussLegendre';

/** Nodes that a constant phase already takes; the rest follows from how fast the phase turns. */
const BASE_NODES = 40;

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
  checkSystem(system);
  const { depthUm = 0 } = options;
  const paths = opticalPaths(system, depthUm);
  const maxRadiusUm = largest(radiiUm);
  const maxStageUm = largest(stageUm);
  const nodeCount = options.nodes ?? neededNodes(system, paths, maxRadiusUm, maxStageUm);
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

/** Optical path as a function of the pupil radius: a fixed part, and one that grows with the stage. */
interface OpticalPaths {
  readonly rhoMax: number;
  readonly fixed: (rho: number) => number;
  readonly perStage: (rho: number) => number;
}

function opticalPaths(system: OpticalSystem, depthUm: number): OpticalPaths {
  const { numericalAperture, immersionIndex, specimenIndex } = system;
  const {
    designImmersionIndex = immersionIndex,
    coverslipIndex = 1.515,
    designCoverslipIndex = 1.515,
    coverslipUm = 170,
    designCoverslipUm = 170,
    workingDistanceUm = 150,
  } = system;
  const rhoMax = Math.min(
    1,
    Math.min(specimenIndex, immersionIndex, coverslipIndex) / numericalAperture,
  );
  const axial = (index: number, rho: number): number =>
    Math.sqrt(Math.max(0, index * index - (numericalAperture * rho) ** 2));
  return {
    rhoMax,
    perStage: (rho) => axial(immersionIndex, rho),
    fixed: (rho) =>
      depthUm * axial(specimenIndex, rho) +
      workingDistanceUm * (axial(immersionIndex, rho) - axial(designImmersionIndex, rho)) +
      coverslipUm * axial(coverslipIndex, rho) -
      designCoverslipUm * axial(designCoverslipIndex, rho),
  };
}

function checkSystem(system: OpticalSystem): void {
  const { numericalAperture, emissionUm, immersionIndex, specimenIndex } = system;
  if (!(numericalAperture > 0) || !(emissionUm > 0)) {
    throw new RangeError('Aperture and wavelength must be positive.');
  }
  if (!(immersionIndex >= 1) || !(specimenIndex >= 1)) {
    throw new RangeError('A refractive index is at least 1.');
  }
  if (numericalAperture >= immersionIndex) {
    throw new RangeError(
      `An aperture of ${numericalAperture} needs an immersion index above it, not ${immersionIndex}.`,
    );
  }
}

function largest(values: ArrayLike<number>): number {
  let result = 0;
  for (let i = 0; i < values.length; i++) result = Math.max(result, Math.abs(values[i]!));
  return result;
}

/** A Gauss rule follows a phase that turns by less than two radians from node to node. */
function neededNodes(
  system: OpticalSystem,
  paths: OpticalPaths,
  maxRadiusUm: number,
  maxStageUm: number,
): number {
  const wavenumber = (2 * Math.PI) / system.emissionUm;
  const path = (t: number, stageUm: number): number => {
    const rho = paths.rhoMax * Math.sin(t);
    return paths.fixed(rho) + stageUm * paths.perStage(rho);
  };
  let slope = 0;
  const step = Math.PI / 2 / 64;
  for (let i = 0; i < 64; i++) {
    for (const stageUm of [-maxStageUm, maxStageUm]) {
      slope = Math.max(slope, Math.abs(path((i + 1) * step, stageUm) - path(i * step, stageUm)));
    }
  }
  const turning = (wavenumber * slope) / step;
  const radial = wavenumber * system.numericalAperture * paths.rhoMax * maxRadiusUm;
  return BASE_NODES + Math.ceil(((turning + radial) * Math.PI) / 4);
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
