import { largestDisplacementPx } from './PlaneMap';
import type { PlaneMap } from './PlaneMap';
import type { TransformModel } from './TransformModel';
import type { PlaneTransform, Transforms } from './Transforms';
import { composeAlignment } from './composeAlignment';
import { flagSuspectPlanes } from './flagSuspectPlanes';
import type { SuspectReason } from './flagSuspectPlanes';
import type { AlignmentPlan } from './planAlignment';
import type { PairRegistration } from './registerPair';
import { solveGlobalAlignment } from './solveGlobalAlignment';

/** Pairs of mode `global` that are farther than this from the solution contradict it. */
const LARGEST_DISAGREEMENT_PX = 1;

interface PlaneSize {
  readonly width: number;
  readonly height: number;
}

interface Solution {
  readonly maps: readonly PlaneMap[];
  /** For each pair, the reasons to look at it. */
  readonly reasons: readonly (readonly SuspectReason[])[];
  readonly drift?: Transforms['drift'];
}

/**
 * Gathers the registrations of a plan: composes the transforms, judges each plane, and returns what
 * is saved and shown.
 *
 * @param registrations in the order of `plan.pairs`; mode `global` along z wants them with `tileSteps`
 * @param size width and height of the planes in pixels
 * @throws RangeError when the number of registrations does not fit the plan, or for bilinear
 * transforms in a mode that chains them
 */
export function alignmentTransforms(
  plan: AlignmentPlan,
  model: TransformModel,
  size: PlaneSize,
  registrations: readonly PairRegistration[],
): Transforms {
  const { maps, reasons, drift } = solution(plan, model, size, registrations);
  const byPlane = planeReasons(plan, reasons);
  const best = bestPairs(plan, registrations);
  const planes = maps.map((map, index): PlaneTransform => {
    const pair = best[index];
    return {
      index,
      ...map,
      correlationBefore: pair?.correlationBefore ?? null,
      correlationAfter: pair?.correlationAfter ?? null,
      residual: pair && Number.isFinite(pair.costAfter) ? Math.sqrt(pair.costAfter) : null,
      displacementPx: largestDisplacementPx(map, size.width, size.height),
      converged: pair?.converged ?? true,
      suspect: byPlane[index].length > 0,
      reasons: byPlane[index],
    };
  });
  return {
    model,
    reference: plan.reference,
    anchor: plan.anchor,
    mapping: 'output-to-input',
    ...size,
    planes,
    ...(drift && { drift }),
  };
}

/** The pair that speaks for each plane: of several the one that fits best, not the one with a blank plane. */
function bestPairs(
  { planeCount, pairs }: AlignmentPlan,
  registrations: readonly PairRegistration[],
): (PairRegistration | null)[] {
  const best = new Array<PairRegistration | null>(planeCount).fill(null);
  pairs.forEach(({ moving }, i) => {
    const known = best[moving];
    if (known && known.correlationAfter >= registrations[i].correlationAfter) return;
    best[moving] = registrations[i];
  });
  return best;
}

function solution(
  plan: AlignmentPlan,
  model: TransformModel,
  size: PlaneSize,
  registrations: readonly PairRegistration[],
): Solution {
  const reasons = flagSuspectPlanes(registrations, size);
  if (plan.reference !== 'global') {
    const pairMaps = registrations.map(({ matrix, xy }) => (xy ? { matrix, xy } : { matrix }));
    return { maps: composeAlignment(plan, pairMaps), reasons };
  }
  if (model === 'bilinear') throw new RangeError('Bilinear transforms cannot be chained.');
  const solved = solveGlobalAlignment(plan, model, size, registrations);
  return {
    maps: solved.matrices.map((matrix) => ({ matrix })),
    reasons: reasons.map((list, i) =>
      solved.disagreementPx[i] > LARGEST_DISAGREEMENT_PX ? [...list, 'pairs-disagree'] : list,
    ),
    ...(solved.believed && {
      drift: {
        shiftShare: solved.believed.shift,
        shapeShare: solved.believed.shape,
        shiftErrorPx: Math.max(...solved.believed.shiftErrorPx),
      },
    }),
  };
}

/**
 * From reasons against pairs to reasons against planes. A plane with several pairs is suspect when
 * more than half of them are; in a chain, a failed plane takes those beyond it along.
 */
function planeReasons(
  { planeCount, reference, anchor, pairs }: AlignmentPlan,
  reasons: readonly (readonly SuspectReason[])[],
): SuspectReason[][] {
  const counts = new Array<number>(planeCount).fill(0);
  const bad = new Array<number>(planeCount).fill(0);
  const planes: SuspectReason[][] = Array.from({ length: planeCount }, () => []);
  pairs.forEach(({ moving }, i) => {
    counts[moving]++;
    if (reasons[i].length > 0) bad[moving]++;
    planes[moving] = [...new Set([...planes[moving], ...reasons[i]])];
  });
  const judged = planes.map((list, i) => (2 * bad[i] > counts[i] ? list : []));
  if (reference !== 'previous') return judged;
  const pass = (from: number, step: 1 | -1): void => {
    let failed = false;
    for (let i = from; i >= 0 && i < planeCount; i += step) {
      const own = judged[i].length > 0;
      if (failed) judged[i] = [...judged[i], 'beyond-a-failed-plane'];
      failed ||= own;
    }
  };
  pass(anchor + 1, 1);
  pass(anchor - 1, -1);
  return judged;
}
