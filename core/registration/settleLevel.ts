import type { PlaneMap } from './PlaneMap';
import type { ResidualMoments } from './registrationMoments';

const MOST_STEPS = 8;
/** A step must leave less than this share of its length to go. */
const CONTRACTION = 0.5;

/** A map from moving pixels to reference pixels of a level, and how the planes compare under it. */
export interface LevelPoint {
  readonly map: PlaneMap;
  readonly moments: ResidualMoments;
}

/**
 * Goes on from the smallest difference to the point where the difference no longer holds anything of
 * the moving plane's gradient. Without noise both are one. With noise the smallest difference lies
 * towards half-pixel shifts, where interpolation smooths the noise of the reference most (0.04 px for
 * each pair, and a chain of planes adds them up: 0.8 px over 20 frames were measured), while noise
 * pulls the gradient in no direction.
 *
 * Each step is taken only if the next one is less than half as long: where the planes differ in content
 * the steps hardly shrink, and the smallest difference is the better judge.
 *
 * @param stepFrom the Gauss-Newton step at a point, in pixels; `null` when there is none
 * @param after the point that a step leads to; `null` when too little of the planes overlaps there
 * @param smallestStepPx where to stop
 */
export function settleLevel(
  start: LevelPoint,
  stepFrom: (point: LevelPoint) => Float64Array | null,
  after: (point: LevelPoint, step: Float64Array) => LevelPoint | null,
  smallestStepPx: number,
): LevelPoint {
  let here = start;
  let step = stepFrom(here);
  for (let k = 0; k < MOST_STEPS && step && Math.hypot(...step) >= smallestStepPx; k++) {
    const there = after(here, step);
    const next = there && stepFrom(there);
    if (!next || !(Math.hypot(...next) < CONTRACTION * Math.hypot(...step))) break;
    here = there;
    step = next;
  }
  return here;
}
