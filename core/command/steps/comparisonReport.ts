import type { ImageStack } from '#core/image/ImageStack';
import type { ZInterpolation } from '#core/reconstruct/zInterpolationWeights';
import type { PlaneComparison } from './comparePlanes';
import { BASELINES, type Comparison, type ComparisonOptions } from './compareStacks';
import { figuresOf, psnrUnderFit, type Figures } from './figures';

/** Figures of one plane. */
export interface PlaneFigures {
  /** Plane of the truth, counted from 0. */
  readonly z: number;
  readonly zUm: number | null;
  /** Whether the network was given this plane. */
  readonly given: boolean;
  readonly psnrDb: number | null;
  /** PSNR under the scale and offset fitted to all withheld planes. */
  readonly fittedPsnrDb: number | null;
  readonly ssim: number | null;
  readonly msSsim: number | null;
  readonly rmse: number | null;
  readonly nrmse: number | null;
  readonly pearson: number | null;
}

/** Figures of a result or a baseline. */
export interface SeriesFigures {
  /** All compared planes. */
  readonly whole: Figures;
  /** The planes that the network was not given; equal to `whole` when that is unknown. */
  readonly withheld: Figures;
  readonly planes: readonly PlaneFigures[];
}

/** How the result does against one interpolation, on withheld planes. */
export interface Gain {
  readonly psnrDb: number | null;
  readonly fittedPsnrDb: number | null;
  /** Of how many planes the result is closer to the truth, after the fit. */
  readonly betterPlanes: number;
  readonly planes: number;
}

/** What a comparison says; all of it is JSON. */
export interface ComparisonReport extends SeriesFigures {
  readonly result: string;
  readonly truth: string;
  /** The range L of PSNR and SSIM, in grey levels of the truth. */
  readonly dataRange: number;
  readonly given: readonly number[];
  readonly baselines: { readonly [method in ZInterpolation]: SeriesFigures } | null;
  readonly gains: { readonly [method in ZInterpolation]: Gain } | null;
}

/** Gathers the figures of a comparison. */
export function comparisonReport(
  { result, baselines }: Comparison,
  options: ComparisonOptions,
  stacks: { readonly result: ImageStack; readonly truth: ImageStack },
): ComparisonReport {
  const own = seriesFigures(result, options);
  const others = baselines && byMethod((method) => seriesFigures(baselines[method], options));
  return {
    result: stacks.result.name,
    truth: stacks.truth.name,
    dataRange: options.dataRange,
    given: options.given,
    ...own,
    baselines: others,
    gains: others && byMethod((method) => gainOver(own, others[method])),
  };
}

function byMethod<T>(make: (method: ZInterpolation) => T): { readonly [m in ZInterpolation]: T } {
  return Object.fromEntries(BASELINES.map((method) => [method, make(method)])) as {
    [m in ZInterpolation]: T;
  };
}

function seriesFigures(
  comparisons: readonly PlaneComparison[],
  { pairs, given, truthZUm, dataRange }: ComparisonOptions,
): SeriesFigures {
  const isGiven = pairs.map(({ truthIndex }) => given.includes(truthIndex));
  const unseen = comparisons.filter((_, k) => !isGiven[k]);
  const withheld = figuresOf(unseen.length > 0 ? unseen : comparisons, dataRange);
  return {
    whole: figuresOf(comparisons, dataRange),
    withheld,
    planes: comparisons.map((comparison, k) => {
      const { fitted: _, ...figures } = figuresOf([comparison], dataRange);
      const fittedPsnrDb = psnrUnderFit(comparison, withheld.fitted, dataRange);
      const { truthIndex: z } = pairs[k];
      const zUm = truthZUm?.[z] ?? null;
      return { z, zUm, given: isGiven[k], fittedPsnrDb, ...figures };
    }),
  };
}

function gainOver(own: SeriesFigures, other: SeriesFigures): Gain {
  const pairs = own.planes
    .map((plane, k) => ({ plane, rival: other.planes[k] }))
    .filter(({ plane }) => !plane.given);
  return {
    psnrDb: difference(own.withheld.psnrDb, other.withheld.psnrDb),
    fittedPsnrDb: difference(own.withheld.fitted.psnrDb, other.withheld.fitted.psnrDb),
    betterPlanes: pairs.filter(
      ({ plane, rival }) => (plane.fittedPsnrDb ?? Infinity) > (rival.fittedPsnrDb ?? Infinity),
    ).length,
    planes: pairs.length,
  };
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
