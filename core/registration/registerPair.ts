import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';
import {
  IDENTITY_MATRIX,
  affineMatrix,
  composeMatrices,
  invertMatrix,
  largestDisplacementPx,
} from './Matrix3';
import type { Matrix3 } from './Matrix3';
import { LINEAR_MODELS } from './TransformModel';
import type { LinearModelName, TransformModel } from './TransformModel';
import { coarseShift } from './coarseShift';
import { correlationUnder } from './normalisedCorrelation';
import { registerLevel } from './registerLevel';
import type { LevelResult } from './registerLevel';
import { residualMoments } from './registrationMoments';
import { registrationPyramid } from './registrationPyramid';
import type { RegistrationPyramid } from './registrationPyramid';

/** How a pair of planes is registered. */
export interface RegistrationOptions {
  /** Where the search starts; maps reference pixels to moving pixels. @default the identity */
  readonly start?: Matrix3;
  /** Transforms that may be tried on each level. @default 100 */
  readonly trialsPerLevel?: number;
  /**
   * When a low-resolution look over all shifts finds one that fits clearly better than the result,
   * register again from there. Never changes a result that no shift improves. @default true
   */
  readonly recover?: boolean;
  readonly signal?: AbortSignal;
}

/** How a moving plane lies on its reference. */
export interface PairRegistration {
  /** Maps reference (output) pixels to moving (input) pixels. */
  readonly matrix: Matrix3;
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
  /** A shift that would fit clearly better at low resolution: the sign of a wrong minimum. */
  readonly betterShiftPx: { readonly x: number; readonly y: number } | null;
  /** Transforms tried, all levels together. */
  readonly iterations: number;
}

/** The same map in pixels of a level whose pixels are `factor` times as large. */
function atScale(matrix: Matrix3, factor: number): Matrix3 {
  const [[xx, xy, x0], [yx, yy, y0]] = matrix;
  return affineMatrix(xx, xy, x0 / factor, yx, yy, y0 / factor);
}

function unregistered(correlation: number, cost: number): PairRegistration {
  return {
    matrix: IDENTITY_MATRIX,
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

/** From the coarsest level to the finest, each starting where the last one ended. */
function descend(
  reference: RegistrationPyramid,
  moving: RegistrationPyramid,
  model: LinearModelName,
  start: Matrix3,
  options: RegistrationOptions,
): LevelResult {
  const { trialsPerLevel = 100, signal } = options;
  const offset = reference.mean - moving.mean;
  let end: LevelResult = { matrix: start, cost: Infinity, iterations: 0, converged: false };
  let iterations = 0;
  for (let index = reference.levels.length - 1; index >= 0; index--) {
    signal?.throwIfAborted();
    const factor = 2 ** index;
    const from = atScale(end.matrix, factor);
    end = registerLevel(
      reference.levels[index],
      moving.levels[index],
      LINEAR_MODELS[model],
      from,
      offset,
      trialsPerLevel,
    );
    end = { ...end, matrix: atScale(end.matrix, 1 / factor) };
    iterations += end.iterations;
  }
  return { ...end, iterations };
}

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
  const { start = IDENTITY_MATRIX, recover = true } = options;
  if (reference.width !== moving.width || reference.height !== moving.height) {
    throw new RangeError(
      `A plane of ${moving.width} x ${moving.height} pixels cannot be registered to one of ${reference.width} x ${reference.height}.`,
    );
  }
  if (model === 'bilinear') {
    throw new AxialError(
      'ImpossibleRequestError',
      'The bilinear model is not available yet.',
      'Choose affine, the most general model that is available.',
    );
  }
  if (reference.levels.length === 0) return unregistered(0, 0);
  const offset = reference.mean - moving.mean;
  const fineReference = reference.levels[0];
  const fineMoving = moving.levels[0];
  const line = new Float64Array(fineMoving.width);
  const costBefore = residualMoments(fineReference, fineMoving, IDENTITY_MATRIX, offset, line).cost;
  if (reference.isConstant || moving.isConstant) return unregistered(0, costBefore);

  let result = descend(reference, moving, model, invertMatrix(start), options);
  let { iterations } = result;
  let better = coarseShift(reference.levels, moving.levels, result.matrix);
  if (better && recover) {
    const shifted = composeMatrices(result.matrix, affineMatrix(1, 0, better.x, 0, 1, better.y));
    const second = descend(reference, moving, model, shifted, options);
    iterations += second.iterations;
    const gain =
      correlationUnder(fineReference, fineMoving, second.matrix) -
      correlationUnder(fineReference, fineMoving, result.matrix);
    if (gain > 0) {
      result = second;
      better = coarseShift(reference.levels, moving.levels, result.matrix);
    }
  }
  const toMoving = invertMatrix(result.matrix);
  return {
    matrix: toMoving,
    costBefore,
    costAfter: result.cost,
    correlationBefore: correlationUnder(fineReference, fineMoving, IDENTITY_MATRIX),
    correlationAfter: correlationUnder(fineReference, fineMoving, result.matrix),
    displacementPx: largestDisplacementPx(toMoving, moving.width, moving.height),
    converged: result.converged,
    betterShiftPx: better && { x: better.x, y: better.y },
    iterations,
  };
}

/**
 * Finds the transform that lays a moving plane on a reference plane: the least-squares fit of the
 * model, from coarse to fine over a cubic spline pyramid. The search starts at the identity (or at
 * `start`) and follows the image downhill, so a displacement beyond about a tenth of the plane can
 * end in a wrong minimum: judge the result with `flagSuspectPlanes`.
 *
 * Constant planes and planes under 4 pixels give the identity with `converged` false.
 *
 * @param reference plane that stays; row-major (y, x)
 * @param moving plane of the same size that is to be laid on it
 * @throws RangeError when the planes differ in size
 * @throws AxialError ImpossibleRequestError for pixels that are not finite, or for a model that is
 * not available
 * Source: Thevenaz, Ruttimann & Unser 1998, doi:10.1109/83.650848.
 */
export function registerPair(
  reference: Plane,
  moving: Plane,
  model: TransformModel,
  options: RegistrationOptions = {},
): PairRegistration {
  if (reference.width !== moving.width || reference.height !== moving.height) {
    throw new RangeError(
      `A plane of ${moving.width} x ${moving.height} pixels cannot be registered to one of ${reference.width} x ${reference.height}.`,
    );
  }
  const fixed = registrationPyramid(reference);
  options.signal?.throwIfAborted();
  return registerPyramids(fixed, registrationPyramid(moving), model, options);
}
