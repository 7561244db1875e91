import type { OpticalSystem } from '#core/optics/OpticalSystem';

/**
 * Specimens are seldom as dense as the oil, and light near the rim of the pupil arrives out of step: stacks look
 * as if the aperture were this share of what stands on the objective. Found on simulated stacks with media
 * from water to oil and on a measured one of DAPI, where a specimen fitted with the full aperture predicts
 * planes in between worse.
 */
const EFFECTIVE_SHARE = 0.87;

/** The matched microscope that a specimen is fitted through. */
export function effectiveSystem({
  numericalAperture,
  immersionIndex,
  emissionUm,
}: Pick<OpticalSystem, 'numericalAperture' | 'immersionIndex' | 'emissionUm'>): OpticalSystem {
  return {
    numericalAperture: EFFECTIVE_SHARE * numericalAperture,
    ...{ immersionIndex, emissionUm, specimenIndex: immersionIndex },
  };
}
