import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { effectiveSystem } from './effectiveSystem';
import type { SpecimenModel } from './fitSpecimen';

/** What stands on an objective and a filter. */
export type StatedOptics = Pick<
  OpticalSystem,
  'numericalAperture' | 'immersionIndex' | 'emissionUm'
>;

/**
 * The matched microscope that a specimen is fitted through. Points tell by themselves what aperture they look as
 * if taken with; layers do not.
 */
export function fittedSystem(model: SpecimenModel, stated: StatedOptics): OpticalSystem {
  if (model === 'layers') return effectiveSystem(stated);
  return { ...stated, specimenIndex: stated.immersionIndex };
}
