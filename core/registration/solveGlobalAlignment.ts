import { IDENTITY_MATRIX, composeMatrices, invertMatrix } from './Matrix3';
import type { Matrix3 } from './Matrix3';
import { GROUP_MODELS } from './TransformModel';
import type { GroupModel, GroupModelName, StepFrame } from './TransformModel';
import { believedDrift } from './believedDrift';
import type { BelievedDrift } from './believedDrift';
import { tileVariance } from './tileVariance';
import { graphLaplacian } from './graphLaplacian';
import type { Link } from './graphLaplacian';
import type { AlignmentPair, AlignmentPlan } from './planAlignment';
import type { PairRegistration } from './registerPair';
import { stepFrame } from './registrationMoments';

/** No pair is trusted beyond this. */
const SMALLEST_ERROR_PX = 0.02;
/** Pairs that disagree by less than this with the others are never called outliers. */
const SMALLEST_SCALE_PX = 0.05;
const ROUNDS = 12;
/** A pair that failed counts as little as this. */
const FAILED_WEIGHT = 1e-6;

/** A whole stack, laid on its anchor. */
export interface GlobalAlignment {
  /** For each plane, the map from output pixels to pixels of that plane. */
  readonly matrices: readonly Matrix3[];
  /** For each pair, how far it is from what all pairs together say, in pixels. */
  readonly disagreementPx: readonly number[];
  /** How much of the slow drift is believed; left out when all of it was to be kept. */
  readonly believed?: BelievedShares;
}

/** What {@link believedDrift} made of a drift. */
interface BelievedShares {
  /** The share of the slow shift that was kept; 0 to 1. */
  readonly shift: number;
  /** The same for the slow turn and scale. */
  readonly shape: number;
  /** For each plane, the standard error of its shift in pixels. */
  readonly shiftErrorPx: readonly number[];
}

/**
 * Lays all planes of a stack on its anchor so that all registered pairs agree as well as they can:
 * weighted least squares over the chain of planes, with weights that fall for pairs that disagree
 * with the rest, so that a failed pair does not displace the planes beyond it.
 *
 * Then, if the plan says so, `believedDrift` takes back what could be chance. Where planes change more
 * than they move, as in a z-stack, the parts of the planes do not agree on a drift; without this it
 * would be put in.
 *
 * @param registrations of `plan.pairs`, in their order; with `tileSteps` for believed drift only
 * @param size of the planes in pixels
 * Source: reweighted least squares, Holland & Welsch 1977, doi:10.1080/03610927708827533.
 */
export function solveGlobalAlignment(
  plan: AlignmentPlan,
  modelName: GroupModelName,
  size: { readonly width: number; readonly height: number },
  registrations: readonly PairRegistration[],
): GlobalAlignment {
  const model = GROUP_MODELS[modelName];
  const frame = stepFrame({ width: size.width - 1, height: size.height - 1 });
  const links = plan.pairs.map(linkOf);
  const trust = Float64Array.from(registrations, trustOf);
  const solved = solveChain(plan, links, trust, registrations, model, frame);
  const { matrices, disagreementPx } = solved;
  if (!plan.onlyBelieved) return { matrices, disagreementPx };
  const steps = matrices.map((matrix) => model.stepOf(matrix, frame));
  const replicates = driftReplicates(plan, links, solved.weights, registrations, steps[0].length);
  const part = (from: number, end?: number): BelievedDrift =>
    believedDrift(
      steps.map((step) => step.slice(from, end)),
      replicates.map((path) => path.map((step) => step.slice(from, end))),
      plan.anchor,
    );
  const shift = part(0, 2);
  const shape = part(2);
  return {
    matrices: steps.map((_, i) =>
      model.stepMatrix(Float64Array.of(...shift.drift[i], ...shape.drift[i]), frame),
    ),
    disagreementPx,
    believed: { shift: shift.share, shape: shape.share, shiftErrorPx: shift.error },
  };
}

function linkOf({ moving, referenceStart }: AlignmentPair): Link {
  return { later: moving, earlier: referenceStart };
}

/** One over the variance of a pair, in pixels; next to nothing for a pair that failed. */
function trustOf(pair: PairRegistration): number {
  const failed = !pair.converged || pair.betterShiftPx !== null || !(pair.correlationAfter > 0.2);
  if (failed) return FAILED_WEIGHT;
  const variance = tileVariance(pair.tileSteps ?? []).reduce((sum, value) => sum + value, 0);
  return 1 / (SMALLEST_ERROR_PX ** 2 + variance);
}

interface SolvedChain {
  readonly matrices: readonly Matrix3[];
  readonly weights: Float64Array;
  readonly disagreementPx: readonly number[];
}

function solveChain(
  { planeCount, anchor }: AlignmentPlan,
  links: readonly Link[],
  trust: Float64Array,
  registrations: readonly PairRegistration[],
  model: GroupModel,
  frame: StepFrame,
): SolvedChain {
  let matrices: readonly Matrix3[] = Array.from({ length: planeCount }, () => IDENTITY_MATRIX);
  let weights = trust;
  let disagreementPx: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const open = links.map(({ later, earlier }, i) => {
      const there = composeMatrices(registrations[i].matrix, matrices[earlier]);
      return model.stepOf(composeMatrices(invertMatrix(matrices[later]), there), frame);
    });
    if (round > 0) {
      disagreementPx = open.map((step) => Math.hypot(...step));
      weights = reweighted(trust, disagreementPx);
    }
    const solve = graphLaplacian(planeCount, anchor, links, weights);
    const parts = Array.from(model.generators, (_, k) =>
      solve(Float64Array.from(open, (step) => step[k])),
    );
    matrices = matrices.map((matrix, i) =>
      composeMatrices(
        matrix,
        model.stepMatrix(
          Float64Array.from(parts, (part) => part[i]),
          frame,
        ),
      ),
    );
  }
  return { matrices, weights, disagreementPx };
}

/** Less weight for pairs that disagree with the rest: Cauchy's weight function. */
function reweighted(trust: Float64Array, disagreementPx: readonly number[]): Float64Array {
  const trusted = disagreementPx.filter((_, i) => trust[i] > FAILED_WEIGHT);
  const sorted = trusted.toSorted((a, b) => a - b);
  const scale = Math.max(SMALLEST_SCALE_PX, 1.5 * (sorted[sorted.length >> 1] ?? 0));
  return trust.map((value, i) => value / (1 + (disagreementPx[i] / scale) ** 2));
}

/** How the drift would change without each part of the planes: a path for each tile. */
function driftReplicates(
  { planeCount, anchor }: AlignmentPlan,
  links: readonly Link[],
  weights: Float64Array,
  registrations: readonly PairRegistration[],
  dimensions: number,
): Float64Array[][] {
  const tiles = registrations.reduce(
    (most, pair) => Math.max(most, pair.tileSteps?.length ?? 0),
    0,
  );
  const solve = graphLaplacian(planeCount, anchor, links, weights);
  return Array.from({ length: tiles }, (_, tile) => {
    const parts = Array.from({ length: dimensions }, (__, k) =>
      solve(Float64Array.from(registrations, (pair) => pair.tileSteps?.[tile]?.[k] ?? 0)),
    );
    return Array.from({ length: planeCount }, (__, i) =>
      Float64Array.from(parts, (part) => part[i]),
    );
  });
}
