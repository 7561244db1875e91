import type { OpticalSystem } from './OpticalSystem';

/** Nodes that a constant phase already takes; the rest follows from how fast the phase turns. */
const BASE_NODES = 40;

/** Optical path as a function of the pupil radius: a fixed part, and one that grows with the stage. */
export interface OpticalPaths {
  readonly rhoMax: number;
  readonly fixed: (rho: number) => number;
  readonly perStage: (rho: number) => number;
}

/**
 * The paths of Gibson and Lanni: specimen, immersion and coverslip, less those of the design.
 *
 * @param depthUm depth of the emitter below the coverslip, in micrometres
 * @throws RangeError when the aperture, an index or the wavelength makes no sense
 */
export function opticalPaths(system: OpticalSystem, depthUm: number): OpticalPaths {
  checkSystem(system);
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

/**
 * How many nodes a Gauss rule over the pupil needs (in t, rho = rhoMax sin t): it follows a phase that turns
 * by less than two radians from node to node.
 */
export function pupilNodes(
  system: OpticalSystem,
  paths: OpticalPaths,
  radiiUm: ArrayLike<number>,
  stageUm: ArrayLike<number>,
): number {
  const maxRadiusUm = largest(radiiUm);
  const maxStageUm = largest(stageUm);
  const wavenumber = (2 * Math.PI) / system.emissionUm;
  const path = (t: number, z: number): number => {
    const rho = paths.rhoMax * Math.sin(t);
    return paths.fixed(rho) + z * paths.perStage(rho);
  };
  let slope = 0;
  const step = Math.PI / 2 / 64;
  for (let i = 0; i < 64; i++) {
    for (const z of [-maxStageUm, maxStageUm]) {
      slope = Math.max(slope, Math.abs(path((i + 1) * step, z) - path(i * step, z)));
    }
  }
  const turning = (wavenumber * slope) / step;
  const radial = wavenumber * system.numericalAperture * paths.rhoMax * maxRadiusUm;
  return BASE_NODES + Math.ceil(((turning + radial) * Math.PI) / 4);
}
