import { largestDisplacementPx } from './Matrix3';
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
  const matrices = composeAlignment(
    plan,
    registrations.map((pair) => pair.matrix),
  );
  const reasons = flagSuspectPlanes(registrations, size);
  const planes = matrices.map((matrix, index): PlaneTransform => {
    const at = plan.pairs.findIndex((pair) => pair.moving === index);
    const pair = at >= 0 ? registrations[at] : null;
    return {
      index,
      matrix,
      correlationBefore: pair?.correlationBefore ?? null,
      correlationAfter: pair?.correlationAfter ?? null,
      displacementPx: largestDisplacementPx(matrix, width, height),
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
