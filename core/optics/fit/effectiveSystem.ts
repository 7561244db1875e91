import type { OpticalSystem } from '#core/optics/OpticalSystem';

/**
 * Specimens are seldom as dense as oil, and light near the rim of the pupil arrives out of step: stacks look
 * as if the aperture were this share of what stands on the objective. Found on simulated stacks with media
 * from water to oil and on a measured one of DAPI, where a specimen fitted with the full aperture predicts
 * planes in between worse. Through dry objectives the full aperture does best: on 18 simulated stacks planes in
 * between come 0.6 dB nearer than with this share.
 */
const EFFECTIVE_SHARE_IN_OIL = 0.87;

/** Immersion at least as dense as this counts as oil; water has 1.33. */
const OIL_INDEX = 1.4;

/** The matched microscope that a specimen is fitted through. */
export function effectiveSystem({
  numericalAperture,
  immersionIndex,
  emissionUm,
}: Pick<OpticalSystem, 'numericalAperture' | 'immersionIndex' | 'emissionUm'>): OpticalSystem {
  const share = immersionIndex < OIL_INDEX ? 1 : EFFECTIVE_SHARE_IN_OIL;
  return {
    numericalAperture: share * numericalAperture,
    ...{ immersionIndex, emissionUm, specimenIndex: immersionIndex },
  };
}
