import type { PlaneMap } from './PlaneMap';
import type { StepModel } from './TransformModel';
import { modelCurvature, modelProjection } from './modelMoments';
import { curvatureMoments, residualMoments, stepFrame } from './registrationMoments';
import type { RegistrationLevel } from './registrationPyramid';
import { solveDamped } from './solveDamped';

/** Steps that move no pixel by more than this many pixels of the level end the search. */
const SMALLEST_STEP_PX = 0.001;
/** A trial that leaves less than this share of the moving plane inside the reference is refused. */
const SMALLEST_OVERLAP = 0.2;
const FIRST_DAMPING = 0.01;
const LARGEST_DAMPING = 1e8;

/** Where the search on one level ended. */
export interface LevelResult {
  /** Maps moving pixels to reference pixels of this level. */
  readonly map: PlaneMap;
  /** Mean squared difference over the overlap. */
  readonly cost: number;
  /** Trials that were evaluated. */
  readonly iterations: number;
  /** False when the search was stopped by the number of trials or by a singular matrix. */
  readonly converged: boolean;
}

/**
 * Levenberg-Marquardt search for the transform that makes the moving level most like the reference,
 * in the sense of least squares. Steps act on the moving side (inverse compositional), so that the
 * gradient and the Gauss-Newton matrix of the level are computed once.
 *
 * The gradient of the moving plane has a second merit: its noise does not depend on the noise of the
 * interpolated reference. Following the gradient of the reference down to the very smallest
 * difference pulls noisy planes towards half-pixel shifts, where interpolation smooths the noise
 * most; 0.2 px were measured.
 *
 * @param start maps moving pixels to reference pixels of this level
 * @param offset mean of the reference less mean of the moving plane
 * @param trials how many transforms may be evaluated
 * Source: Thevenaz, Ruttimann & Unser 1998, doi:10.1109/83.650848; Baker & Matthews 2004,
 * doi:10.1023/B:VISI.0000011205.11775.fd.
 */
export function registerLevel(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  model: StepModel,
  start: PlaneMap,
  offset: number,
  trials: number,
): LevelResult {
  const frame = stepFrame(moving);
  const line = new Float64Array(moving.width);
  const fewest = SMALLEST_OVERLAP * moving.width * moving.height;
  const curvature = modelCurvature(model, curvatureMoments(reference, moving, start));
  let map = start;
  let best = residualMoments(reference, moving, map, offset, line);
  let damping = FIRST_DAMPING;
  let iterations = 0;
  while (iterations < trials && damping < LARGEST_DAMPING) {
    const step = solveDamped(curvature, modelProjection(model, best.projection), damping);
    if (step === null) {
      damping = Math.max(damping * 10, 1);
      continue;
    }
    if (Math.hypot(...step) < SMALLEST_STEP_PX) {
      return { map, cost: best.cost, iterations, converged: true };
    }
    const candidate = model.advance(map, step, frame);
    const trial = residualMoments(reference, moving, candidate, offset, line);
    iterations++;
    if (trial.count >= fewest && trial.cost < best.cost) {
      map = candidate;
      best = trial;
      damping /= 10;
    } else {
      // Below 1 the damped step is nearly the one that just failed.
      damping = Math.max(damping * 10, 1);
    }
  }
  return { map, cost: best.cost, iterations, converged: false };
}
