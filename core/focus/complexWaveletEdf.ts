import type { EdfResult } from './EdfResult';
import type { EdfWork } from './edfWork';
import { createSelection, maximumModulus, type CoefficientSelection } from './maximumModulus';
import type { PlanePasses } from './planePasses';
import type { ComplexArray } from './polynomialRoots';
import { reassignment } from './reassignment';
import { takeKept } from './waveletFusion';
import { waveletPlan, type ComplexWaveletOptions, type WaveletPlan } from './waveletPlan';

/** Parts of the time that the steps take. */
const SHARES = {
  compete: 0.6,
  check: 0.03,
  collect: 0.28,
  fuse: 0.04,
  reassign: 0.05,
};

/** Coefficients and image of a worker, for a pixel of the mirrored plane. */
const WORK_BYTES = 36;
/** Bytes of a coefficient. */
const COEFFICIENT_BYTES = 16;
/** The coefficients of all planes are kept up to this size, which spares their second transform. */
const KEPT_BYTES = 2 ** 27;

/**
 * Extended depth of field by complex wavelets: the coefficient of largest modulus wins at each place
 * and scale, neighbouring choices are made consistent, and each fused pixel becomes the closest
 * measured value. Three passes: compete, collect what the checks changed, reassign; two without checks,
 * and for stacks so small that the coefficients of all planes can be kept.
 *
 * @throws RangeError for a filter length or a number of scales that is impossible
 * @see Forster B., Van De Ville D., Berent J., Sage D., Unser M., Complex wavelets for extended
 * depth-of-field, Microscopy Research and Technique 65, 2004, doi:10.1002/jemt.20092
 */
export async function complexWaveletEdf(
  passes: PlanePasses,
  work: EdfWork,
  options: ComplexWaveletOptions = {},
): Promise<EdfResult> {
  const { width, height } = passes;
  const plan = waveletPlan(width, height, options);
  const selection = createSelection(plan.padded.width * plan.padded.height);
  const keep = plan.checkedScales > 0 && canKeep(passes, plan);
  const kept: ComplexArray[] = [];
  await passes.each({
    share: SHARES.compete + (keep || plan.checkedScales === 0 ? SHARES.collect : 0),
    workBytes: WORK_BYTES * paddingOf(plan),
    work: (batch) => work.competingCoefficients({ ...batch, plan, keep }),
    take: (later) => {
      maximumModulus(selection, later.selection);
      kept.push(...later.kept);
    },
  });
  if (plan.checkedScales > 0) {
    const check = { selection, plan };
    const wanted = await passes.pause(SHARES.check, () => work.consistentChoices(check));
    if (keep) takeKept(selection, wanted, kept.splice(0));
    else await collect(passes, work, plan, selection, wanted);
  }
  const target = await passes.pause(SHARES.fuse, () => work.fusedValues({ selection, plan }));
  const closest = reassignment(target, width, height);
  await passes.each({
    share: SHARES.reassign,
    work: ({ planes }) => planes,
    take: (planes, z) => planes.forEach((plane, k) => closest.offer(plane, z + k)),
  });
  const { fused, heightMap } = closest;
  const unassigned = { width, height, data: Float32Array.from(target) };
  return { fused, heightMap, surface: null, unassigned };
}

/** How many times larger the mirrored planes are. */
function paddingOf({ width, height, padded }: WaveletPlan): number {
  return (padded.width * padded.height) / (width * height);
}

function canKeep({ planeCount }: PlanePasses, { padded }: WaveletPlan): boolean {
  return planeCount * padded.width * padded.height * COEFFICIENT_BYTES <= KEPT_BYTES;
}

/** Transforms all planes again for the coefficients that the checks chose. */
async function collect(
  passes: PlanePasses,
  work: EdfWork,
  plan: WaveletPlan,
  selection: CoefficientSelection,
  wanted: Uint16Array<ArrayBuffer>,
): Promise<void> {
  await passes.each({
    share: SHARES.collect,
    workBytes: WORK_BYTES * paddingOf(plan),
    work: (batch) => work.chosenCoefficients({ ...batch, wanted, plan }),
    take: ({ places, re, im }) => {
      for (let k = 0; k < places.length; k++) {
        selection.re[places[k]] = re[k];
        selection.im[places[k]] = im[k];
      }
    },
  });
}
