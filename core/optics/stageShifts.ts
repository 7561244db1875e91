import { createRandom } from '#core/util/random';
import type { SimulationOptions } from './SimulationOptions';
import { PLANE_STREAM_STEP, STREAMS } from './SimulationOptions';

/**
 * How far the picture of each plane has moved, (x, y) in pixels; that of plane 0 has not.
 * Drift is even from plane to plane; random steps add up.
 */
export function stageShifts(options: SimulationOptions): readonly (readonly [number, number])[] {
  const { seed, planes, pixelSizeUm, stage = {}, moment } = options;
  const { driftUm = [0, 0], jitterUm = 0 } = stage;
  const random = createRandom(seed + STREAMS.stage + (moment?.index ?? 0) * PLANE_STREAM_STEP);
  let x = 0;
  let y = 0;
  return Array.from({ length: planes }, (_, z) => {
    const share = planes > 1 ? z / (planes - 1) : 0;
    if (z > 0) {
      x += jitterUm * random.normal();
      y += jitterUm * random.normal();
    }
    return [
      (driftUm[0] * share + x) / pixelSizeUm,
      (driftUm[1] * share + y) / pixelSizeUm,
    ] as const;
  });
}
