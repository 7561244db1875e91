import { surveyPlane, type PlaneSurvey } from './detailSurvey';
import { focusBands } from './focusBands';
import { focusPyramid } from './focusPyramid';
import type { PlaneBatch } from './planePasses';
import { workingPlane } from './StoredPlane';

/** Surveys each of some planes. */
export function surveyPlanes({ planes }: PlaneBatch): PlaneSurvey[] {
  return planes.map((plane) => surveyPlane(workingPlane(plane)));
}

/**
 * Sharpness of each of some planes, averaged over the windows of `focusWindows`.
 *
 * @param input planes of one size, and the weight of each focus band
 * @returns for each plane one map per window, finest first
 */
export function focusMaps({
  planes,
  weights,
}: PlaneBatch & {
  readonly weights: readonly number[];
}): Float32Array<ArrayBuffer>[][] {
  const bands = focusBands(planes[0]);
  const average = focusPyramid(planes[0]);
  return planes.map(({ data }) => average(bands.energies(data, weights)));
}
