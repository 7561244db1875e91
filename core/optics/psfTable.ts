import type { OpticalSystem } from './OpticalSystem';
import { gibsonLanni } from './gibsonLanni';

/** How light spreads between specimen and camera. */
export interface PsfOptions {
  readonly system: OpticalSystem;
  /** Depth of the emitter below the coverslip, in micrometres. @default 0 */
  readonly depthUm?: number;
}

/** Intensities about the optical axis, row-major (z, r). */
export function psfTable(
  options: PsfOptions,
  radiiUm: ArrayLike<number>,
  stageUm: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  const { system, depthUm = 0 } = options;
  return gibsonLanni(system, radiiUm, stageUm, { depthUm });
}
