import type { EdfResult } from './EdfResult';
import type { EdfWork } from './edfWork';
import { createSelection, maximumModulus } from './maximumModulus';
import type { PlanePasses } from './planePasses';
import { reassignment } from './reassignment';
import { waveletPlan, type ComplexWaveletOptions, type WaveletPlan } from './waveletPlan';
import type { CoefficientSelection } from './maximumModulus';

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

/**
 * Extended depth of field by complex wavelets: the coefficient of largest modulus wins at each place
 * and scale, neighbouring choices are made consistent, and each fused pixel becomes the closest
 * measured value. Three passes: compete, collect what the checks changed, reassign; two without checks.
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
  await passes.each({
    share: SHARES.compete + (plan.checkedScales > 0 ? 0 : SHARES.check + SHARES.collect),
    workBytes: WORK_BYTES * paddingOf(plan),
    work: (batch) => work.competingCoefficients({ ...batch, plan }),
    take: (later) => maximumModulus(selection, later),
  });
  if (plan.checkedScales > 0) await makeConsistent(passes, work, plan, selection);
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

/** Lets the checks choose again, and fetches the coefficients that they chose. */
async function makeConsistent(
  passes: PlanePasses,
  work: EdfWork,
  plan: WaveletPlan,
  selection: CoefficientSelection,
): Promise<void> {
  const wanted = await passes.pause(SHARES.check, () =>
    work.consistentChoices({ selection, plan }),
  );
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
