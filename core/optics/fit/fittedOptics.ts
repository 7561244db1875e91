import type { OpticalSystem } from '#core/optics/OpticalSystem';
import type { SpecimenModel } from './fitSpecimen';

/** What stands on an objective and a filter. */
export type StatedOptics = Pick<
  OpticalSystem,
  'numericalAperture' | 'immersionIndex' | 'emissionUm'
>;

/** Through what a specimen may have been seen. */
export interface FittedOptics {
  readonly system: OpticalSystem;
  readonly apertureShares?: readonly number[];
}

/**
 * Specimens are seldom as dense as oil, and light near the rim of the pupil arrives out of step: stacks look as if the
 * aperture were a share of what stands on the objective. On 24 simulated stacks with media from water to oil, planes in
 * between came 6.39, 6.54 and 6.43 dB nearer than by linear interpolation with grains through 0.87, 0.935 and 1 of it,
 * 6.52 dB with the likeliest; on usual nuclei 5.1, 7.05, 7.4 and 7.4 dB. A measured stack of DAPI looks as through 0.8
 * to 0.87 of its aperture, of which the likeliest finds 0.87. Plain layers, which networks for beads see, do best with
 * that everywhere.
 */
const SHARES_IN_OIL = { layers: [0.87], grains: [0.8, 0.87, 0.93, 1] };

/** Immersion at least as dense as this counts as oil; water has 1.33. */
const OIL_INDEX = 1.4;

/**
 * The matched microscopes through which layers of light may have been seen: for oil those of several apertures, of which
 * the planes tell the likeliest. Balls of light find their optics by themselves.
 */
export function fittedOptics(model: SpecimenModel, stated: StatedOptics): FittedOptics {
  const system = { ...stated, specimenIndex: stated.immersionIndex };
  if (model === 'points' || stated.immersionIndex < OIL_INDEX) return { system };
  return { system, apertureShares: SHARES_IN_OIL[model] };
}
