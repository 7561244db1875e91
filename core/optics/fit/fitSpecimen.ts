import { findPoints, type FittedPoints } from '#core/optics/points/findPoints';
import { fitLayers, type FittedLayers, type LayersRequest } from './fitLayers';
import type { LayersModel } from './layersMethods';

/** What a specimen is thought to be: one of `LAYERS_METHODS`, or a number of small balls on an even background. */
export type SpecimenModel = LayersModel | 'points';

/** What a specimen is to explain, and of what it is made. */
export interface FitRequest extends Omit<LayersRequest, 'model'> {
  /** @default 'layers' */
  readonly model?: SpecimenModel | undefined;
}

/** A specimen that was found; `specimenImage` shows what it looks like. */
export type FittedSpecimen = FittedLayers | FittedPoints;

/**
 * Finds the fluorescent specimen that explains some planes best: `fitLayers` or `findPoints`.
 *
 * @param tell hears how far the search is, 0 to 1
 * @throws RangeError when there is no plane
 */
export function fitSpecimen(
  request: FitRequest,
  tell: (fraction: number) => void = () => {},
): FittedSpecimen {
  if (request.planes.length === 0) throw new RangeError('There is no plane.');
  const { model, ...rest } = request;
  return model === 'points' ? findPoints(rest, tell) : fitLayers({ ...rest, model }, tell);
}
