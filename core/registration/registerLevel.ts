import type { PlaneMap } from './PlaneMap';
import type { StepModel } from './TransformModel';
import { modelCurvature, modelProjection } from './modelMoments';
import { curvatureMoments, residualMoments, stepFrame } from './registrationMoments';
import type { RegistrationLevel } from './registrationPyramid';
import { settleLevel } from './settleLevel';
import type { LevelPoint } from './settleLevel';
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
 * interpolated reference, so that the search can settle where noise pulls in no direction.
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
  const at = (map: PlaneMap): LevelPoint => ({
    map,
    moments: residualMoments(reference, moving, map, offset, line),
  });
  const stepFrom = ({ moments }: LevelPoint, damping = 0): Float64Array | null =>
    solveDamped(curvature, modelProjection(model, moments.projection), damping);
  const after = ({ map }: LevelPoint, step: Float64Array): LevelPoint | null => {
    const point = at(model.advance(map, step, frame));
    return point.moments.count >= fewest ? point : null;
  };

  let best = at(start);
  let damping = FIRST_DAMPING;
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < trials && damping < LARGEST_DAMPING) {
    const step = stepFrom(best, damping);
    if (step !== null && Math.hypot(...step) < SMALLEST_STEP_PX) {
      converged = true;
      continue;
    }
    const trial = step && after(best, step);
    if (step) iterations++;
    if (trial && trial.moments.cost < best.moments.cost) {
      best = trial;
      damping /= 10;
    } else {
      // Below 1 the damped step is nearly the one that just failed.
      damping = Math.max(damping * 10, 1);
    }
  }
  const end = settleLevel(best, stepFrom, after, SMALLEST_STEP_PX);
  return { map: end.map, cost: end.moments.cost, iterations, converged };
}
