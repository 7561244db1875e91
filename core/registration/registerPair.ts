import { invertMatrix } from './Matrix3';
import type { Matrix3 } from './Matrix3';
import { IDENTITY_MAP, largestDisplacementPx, mapAtScale } from './PlaneMap';
import type { PlaneMap } from './PlaneMap';
import { STEP_MODELS } from './TransformModel';
import type { StepModel, TransformModel } from './TransformModel';
import { coarseShift, searchedLevel } from './coarseShift';
import type { CoarseShift } from './coarseShift';
import { correlationUnder } from './normalisedCorrelation';
import { tileJackknife } from './tileJackknife';
import { registerLevel } from './registerLevel';
import type { LevelResult } from './registerLevel';
import { residualMoments } from './registrationMoments';
import { registrationPyramid } from './registrationPyramid';
import type { MaskedPlane, RegistrationLevel, RegistrationPyramid } from './registrationPyramid';

/** How a pair of planes is registered. */
export interface RegistrationOptions {
  /** Where the search starts; maps reference pixels to moving pixels. @default the identity */
  readonly start?: PlaneMap;
  /** Transforms that may be tried on each level. @default 100 */
  readonly trialsPerLevel?: number;
  /**
   * When a low-resolution look over all shifts and turns finds one that fits clearly better than the result,
   * register again from there. Never changes a result that no start improves. @default true
   */
  readonly recover?: boolean;
  /**
   * Look for the map from moving to reference pixels and invert it, or the other way round; the same
   * but for noise. Only where distances are kept: planes that may be scaled fit better one way than the
   * other, and a bilinear map, which has no bilinear inverse, is looked for in the direction that is
   * wanted. @default false
   */
  readonly reversed?: boolean;
  /** Work out `tileSteps` as well. @default false */
  readonly jackknife?: boolean;
  readonly signal?: AbortSignal;
}

/** How a moving plane lies on its reference. */
export interface PairRegistration {
  /** Maps reference (output) pixels to moving (input) pixels, with `xy` for the bilinear model. */
  readonly matrix: Matrix3;
  readonly xy?: readonly [number, number];
  /** Mean squared difference over the overlap, untransformed and transformed. */
  readonly costBefore: number;
  readonly costAfter: number;
  /** Normalised correlation over the overlap, untransformed and transformed; -1 to 1. */
  readonly correlationBefore: number;
  readonly correlationAfter: number;
  /** The largest displacement of any pixel, in pixels. */
  readonly displacementPx: number;
  /** False when the search did not settle, or the planes hold nothing to register. */
  readonly converged: boolean;
  /** A shift and turn that would fit clearly better at low resolution: the sign of a wrong minimum. */
  readonly betterShiftPx: {
    readonly x: number;
    readonly y: number;
    readonly degrees: number;
  } | null;
  /** Transforms tried, all levels together. */
  readonly iterations: number;
  /** What each part of the plane weighs in the result, see `tileJackknife`; when asked for. */
  readonly tileSteps?: readonly Float64Array[];
}

function unregistered(correlation: number, cost: number): PairRegistration {
  return {
    ...IDENTITY_MAP,
    costBefore: cost,
    costAfter: cost,
    correlationBefore: correlation,
    correlationAfter: correlation,
    displacementPx: 0,
    converged: false,
    betterShiftPx: null,
    iterations: 0,
  };
}

/** On levels with a shorter side than this, the bend of a bilinear map is not looked for yet. */
const SMALLEST_BENT_SIDE_PX = 128;

/**
 * Two more parameters follow the noise of a coarse level and lead to poor minima on the finest one,
 * so bilinear maps start as affine ones; a small plane is bent on its finest level at least.
 */
function modelOfLevel(
  model: TransformModel,
  { width, height }: RegistrationLevel,
  isFinest: boolean,
): TransformModel {
  if (model !== 'bilinear' || isFinest) return model;
  return Math.min(width, height) < SMALLEST_BENT_SIDE_PX ? 'affine' : model;
}

/** From the coarsest level to the finest, each starting where the last one ended. */
function descend(
  reference: RegistrationPyramid,
  moving: RegistrationPyramid,
  model: TransformModel,
  start: PlaneMap,
  options: RegistrationOptions,
): LevelResult {
  const { trialsPerLevel = 100, signal } = options;
  const offset = reference.mean - moving.mean;
  let end: LevelResult = { map: start, cost: Infinity, iterations: 0, converged: false };
  let iterations = 0;
  for (let index = reference.levels.length - 1; index >= 0; index--) {
    signal?.throwIfAborted();
    const factor = 2 ** index;
    const from = mapAtScale(end.map, factor);
    end = registerLevel(
      reference.levels[index],
      moving.levels[index],
      STEP_MODELS[modelOfLevel(model, moving.levels[index], index === 0)],
      from,
      offset,
      trialsPerLevel,
    );
    end = { ...end, map: mapAtScale(end.map, 1 / factor) };
    iterations += end.iterations;
  }
  return { ...end, iterations };
}

const KEEPS_DISTANCES: ReadonlySet<TransformModel> = new Set(['translation', 'rigid']);

/**
 * Registers two prepared planes; see {@link registerPair}. Preparing each plane once halves the work
 * where it takes part in two pairs.
 *
 * @throws RangeError when the planes differ in size
 */
export function registerPyramids(
  reference: RegistrationPyramid,
  moving: RegistrationPyramid,
  model: TransformModel,
  options: RegistrationOptions = {},
): PairRegistration {
  requireSameSize(reference, moving);
  if (reference.levels.length === 0) return unregistered(0, 0);
  const offset = reference.mean - moving.mean;
  const line = new Float64Array(reference.levels[0].width);
  const [fixed, free] = [reference.levels[0], moving.levels[0]];
  const costBefore = residualMoments(fixed, free, IDENTITY_MAP, offset, line).cost;
  if (reference.isConstant || moving.isConstant) return unregistered(0, costBefore);
  const reversed = options.reversed === true && KEEPS_DISTANCES.has(model);
  const forward = model === 'bilinear' || reversed;
  const { start = IDENTITY_MAP } = options;
  const { result, better } = forward
    ? search(moving, reference, model, start, options)
    : search(reference, moving, model, { matrix: invertMatrix(start.matrix) }, options);
  const matrix = forward ? result.map.matrix : invertMatrix(result.map.matrix);
  const toMoving: PlaneMap =
    model === 'bilinear' ? { matrix, xy: result.map.xy ?? [0, 0] } : { matrix };
  const [sampled, grid] = forward ? [moving, reference] : [reference, moving];
  return {
    ...toMoving,
    costBefore,
    costAfter: result.cost,
    correlationBefore: correlationUnder(fixed, free, IDENTITY_MAP),
    correlationAfter: correlationUnder(sampled.levels[0], grid.levels[0], result.map),
    displacementPx: largestDisplacementPx(toMoving, moving.width, moving.height),
    converged: result.converged,
    betterShiftPx: better && { x: better.x, y: better.y, degrees: better.degrees },
    iterations: result.iterations,
    ...(options.jackknife && {
      tileSteps: tileSteps(sampled, grid, STEP_MODELS[model], result.map, forward ? -1 : 1),
    }),
  };
}

/** The jackknife wants structure: on finer levels noise is most of the gradient. */
const JACKKNIFE_SIDE_PX = 64;

/** @param direction 1 when `map` takes moving pixels to reference pixels, otherwise -1 */
function tileSteps(
  sampled: RegistrationPyramid,
  grid: RegistrationPyramid,
  model: StepModel,
  map: PlaneMap,
  direction: 1 | -1,
): Float64Array[] {
  const coarse = grid.levels.findLastIndex(
    ({ width, height }) => Math.min(width, height) >= JACKKNIFE_SIDE_PX,
  );
  const index = Math.max(0, coarse);
  const factor = 2 ** index;
  const levelMap = mapAtScale(map, factor);
  const offset = sampled.mean - grid.mean;
  return tileJackknife(sampled.levels[index], grid.levels[index], model, levelMap, offset).map(
    (step) => step.map((value) => value * factor * direction),
  );
}

/** Less correlation than this at low resolution leaves room for a better minimum. */
const UNEXPLAINED = 0.8;

/** Where a descent ended, and what a low-resolution look from there finds better. */
interface SearchState {
  readonly result: LevelResult;
  readonly better: CoarseShift | null;
}

/**
 * The descent from `start`, and further ones where a low-resolution look finds something better: seen from
 * where the descent ended, and, when that was so far astray and bent that no shift of it fits, from `start`.
 */
function search(
  sampled: RegistrationPyramid,
  grid: RegistrationPyramid,
  model: TransformModel,
  start: PlaneMap,
  options: RegistrationOptions,
): SearchState {
  const lookFrom = (map: PlaneMap): CoarseShift | null =>
    coarseShift(sampled.levels, grid.levels, map, model !== 'translation');
  const correlation = ({ map }: LevelResult): number =>
    correlationUnder(sampled.levels[0], grid.levels[0], map);
  const retried = (state: SearchState, from: CoarseShift | null): SearchState => {
    if (!from) return state;
    const other = descend(sampled, grid, model, from.map, options);
    const iterations = state.result.iterations + other.iterations;
    if (correlation(other) <= correlation(state.result)) {
      return { ...state, result: { ...state.result, iterations } };
    }
    return { result: { ...other, iterations }, better: lookFrom(other.map) };
  };
  const result = descend(sampled, grid, model, start, options);
  const first: SearchState = { result, better: lookFrom(result.map) };
  if (options.recover === false) return first;
  const second = retried(first, first.better);
  return isUnexplained(sampled, grid, second.result.map)
    ? retried(second, lookFrom(start))
    : second;
}

function isUnexplained(
  sampled: RegistrationPyramid,
  grid: RegistrationPyramid,
  map: PlaneMap,
): boolean {
  const index = searchedLevel(grid.levels);
  const levelMap = mapAtScale(map, 2 ** index);
  return correlationUnder(sampled.levels[index], grid.levels[index], levelMap) < UNEXPLAINED;
}

function requireSameSize(
  reference: { readonly width: number; readonly height: number },
  moving: { readonly width: number; readonly height: number },
): void {
  if (reference.width === moving.width && reference.height === moving.height) return;
  throw new RangeError(
    `A plane of ${moving.width} x ${moving.height} pixels cannot be registered to one of ${reference.width} x ${reference.height}.`,
  );
}

/**
 * Finds the transform that lays a moving plane on a reference plane: the least-squares fit of the
 * model, from coarse to fine over a cubic spline pyramid. The search starts at the identity (or at
 * `start`) and follows the image downhill, then an exhaustive look
 * at low resolution starts it again where that fits clearly better. It can still end in a wrong
 * minimum: judge the result with `flagSuspectPlanes`.
 *
 * A pixel counts where neither plane masks it. Constant planes and planes under 4 pixels give the identity with `converged` false.
 *
 * @param reference plane that stays; row-major (y, x)
 * @param moving plane of the same size that is to be laid on it
 * @throws RangeError when the planes differ in size
 * @throws AxialError ImpossibleRequestError for pixels that are not finite
 * Source: Thevenaz, Ruttimann & Unser 1998, doi:10.1109/83.650848.
 */
export function registerPair(
  reference: MaskedPlane,
  moving: MaskedPlane,
  model: TransformModel,
  options: RegistrationOptions = {},
): PairRegistration {
  requireSameSize(reference, moving);
  const fixed = registrationPyramid(reference);
  options.signal?.throwIfAborted();
  return registerPyramids(fixed, registrationPyramid(moving), model, options);
}
