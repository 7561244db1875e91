import type { Random } from '#core/util/random';
import { createRandom } from '#core/util/random';
import { STREAMS } from './SimulationOptions';

/** A time point of a time-lapse, and how the specimen lives. */
export interface Moment {
  /** Number of the time point; at 0 nothing has moved, and all shines. */
  readonly index: number;
  /** How far (x, y) all moves from one time point to the next, in micrometres. @default [0, 0] */
  readonly motionUm?: readonly [number, number];
  /**
   * Standard deviation (x, y and z) of a random step from one time point to the next, in micrometres: of
   * each bead, or of any other specimen as a whole. @default 0
   */
  readonly walkUm?: number;
  /** Share of the beads that are dark, drawn anew for every time point but the first. @default 0 */
  readonly blinking?: number;
}

/** Motion has random numbers of its own: a still specimen is the same one. */
export function motionRandom(seed: number): Random {
  return createRandom(seed + STREAMS.motion);
}
