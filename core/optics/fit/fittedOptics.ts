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
 * Specimens under oil are less dense than it, how much less is not stated. Planes then look as through a smaller
 * aperture.
 */
const SHARES_IN_OIL = { layers: [0.87], grains: [0.93, 1], threads: [0.93, 1] };

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
