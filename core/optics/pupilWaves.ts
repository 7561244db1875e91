import type { OpticalSystem } from './OpticalSystem';
import type { OpticalPaths } from './opticalPaths';
import type { PupilRule } from './pupilRule';

/**
 * Waves in the pupil, weight times exp(i k OPD), for some stage positions.
 *
 * @param stageUm stage positions in micrometres, as for `gibsonLanni`
 * @returns for each position a row of real and a row of imaginary parts, of as many numbers as there are nodes
 */
export function pupilWaves(
  { emissionUm }: OpticalSystem,
  paths: OpticalPaths,
  { rho, weights }: PupilRule,
  stageUm: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  const { length } = rho;
  const waves = new Float64Array(2 * length * stageUm.length);
  const wavenumber = (2 * Math.PI) / emissionUm;
  for (let i = 0; i < length; i++) {
    const [fixed, perStage] = [paths.fixed(rho[i]!), paths.perStage(rho[i]!)];
    for (let z = 0, at = i; z < stageUm.length; z++, at += 2 * length) {
      const phase = wavenumber * (fixed + stageUm[z]! * perStage);
      waves[at] = weights[i]! * Math.cos(phase);
      waves[at + length] = weights[i]! * Math.sin(phase);
    }
  }
  return waves;
}
