import type { OpticalSystem } from './OpticalSystem';
import type { ConfocalOptions } from './psfTable';

/** What decides which frequencies pass. */
interface Passing {
  readonly system: OpticalSystem;
  readonly confocal?: ConfocalOptions | undefined;
}

/** Largest lateral frequency of an image, in periods per micrometre; a confocal one has those of both lights. */
export function lateralCutoff({ system, confocal }: Passing): number {
  const { numericalAperture, emissionUm } = system;
  const excitation = confocal ? (2 * numericalAperture) / confocal.excitationUm : 0;
  return (2 * numericalAperture) / emissionUm + excitation;
}

/** Largest axial frequency of an image, in periods per micrometre. */
export function axialCutoff({ system, confocal }: Passing): number {
  const { numericalAperture, specimenIndex, emissionUm } = system;
  const bulge = specimenIndex - Math.sqrt(Math.max(0, specimenIndex ** 2 - numericalAperture ** 2));
  return bulge / emissionUm + (confocal ? bulge / confocal.excitationUm : 0);
}
