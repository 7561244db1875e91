import { largestDisplacementPx } from './PlaneMap';
import type { TransformModel } from './TransformModel';
import type { PlaneTransform, Transforms } from './Transforms';
import { composeAlignment } from './composeAlignment';
import { flagSuspectPlanes } from './flagSuspectPlanes';
import type { AlignmentPlan } from './planAlignment';
import type { PairRegistration } from './registerPair';

/**
 * Gathers the registrations of a plan: composes the transforms, judges each plane, and returns what
 * is saved and shown.
 *
 * @param registrations in the order of `plan.pairs`
 * @param size width and height of the planes in pixels
 * @throws RangeError when the number of registrations does not fit the plan
 */
export function alignmentTransforms(
  plan: AlignmentPlan,
  model: TransformModel,
  size: { readonly width: number; readonly height: number },
  registrations: readonly PairRegistration[],
): Transforms {
  const { width, height } = size;
  const maps = composeAlignment(
    plan,
    registrations.map(({ matrix, xy }) => (xy ? { matrix, xy } : { matrix })),
  );
  const reasons = flagSuspectPlanes(registrations, size);
  const planes = maps.map((map, index): PlaneTransform => {
    const at = plan.pairs.findIndex((pair) => pair.moving === index);
    const pair = at >= 0 ? registrations[at] : null;
    return {
      index,
      ...map,
      correlationBefore: pair?.correlationBefore ?? null,
      correlationAfter: pair?.correlationAfter ?? null,
      displacementPx: largestDisplacementPx(map, width, height),
      converged: pair?.converged ?? true,
      suspect: at >= 0 && reasons[at].length > 0,
      reasons: at >= 0 ? reasons[at] : [],
    };
  });
  return {
    model,
    reference: plan.reference,
    anchor: plan.anchor,
    mapping: 'output-to-input',
    width,
    height,
    planes,
  };
}
