import type { OpticalSystem } from './OpticalSystem';
import { gibsonLanni } from './gibsonLanni';

/** Axial raster of the search; far finer than any axial width. */
const SEARCH_STEP_UM = 0.05;

/** Rounds of parabolic refinement; each gains about two digits. */
const REFINEMENTS = 3;

/**
 * Stage position where an emitter at a depth looks brightest on the axis.
 *
 * Index mismatch moves the focus away from the matched position -depth and spreads it;
 * this searches both sides and refines the maximum by parabolas.
 *
 * @param system objective, media and wavelength
 * @param depthUm depth of the emitter below the coverslip, in micrometres
 * @returns stage position in micrometres, on the scale of `gibsonLanni`
 */
export function bestFocus(system: OpticalSystem, depthUm: number): number {
  const stretch = system.immersionIndex / system.specimenIndex;
  const nearUm = -depthUm * Math.max(1, stretch) * 1.5 - 2;
  const count = Math.ceil((2 - nearUm) / SEARCH_STEP_UM) + 1;
  const stageUm = Float64Array.from({ length: count }, (_, i) => nearUm + i * SEARCH_STEP_UM);
  const axis = gibsonLanni(system, [0], stageUm, { depthUm });
  let best = 0;
  for (let i = 1; i < count; i++) if (axis[i]! > axis[best]!) best = i;
  let centreUm = stageUm[best]!;
  let stepUm = SEARCH_STEP_UM;
  for (let round = 0; round < REFINEMENTS; round++) {
    const points = [centreUm - stepUm, centreUm, centreUm + stepUm];
    const [left, middle, right] = gibsonLanni(system, [0], points, { depthUm });
    const bend = left! - 2 * middle! + right!;
    if (bend >= 0) break;
    centreUm += Math.max(-1, Math.min(1, (left! - right!) / (2 * bend))) * stepUm;
    stepUm /= 4;
  }
  return centreUm;
}
