import type { Calibration } from '#core/image/Calibration';
import { uniformStep } from '#core/io/units/uniformStep';

/**
 * The calibration of planes at other heights than those of the stack they were made from: one spacing
 * where they are evenly apart, else the height of each.
 *
 * @param heightsUm at least one
 */
export function calibrationAt(calibration: Calibration, heightsUm: readonly number[]): Calibration {
  const { pixelSizeUm } = calibration;
  if (heightsUm.length === 1) return { ...calibration, zPositionsUm: null };
  const relative = heightsUm.map((z) => z - heightsUm[0]);
  const stepUm = uniformStep(relative);
  const z = stepUm === null || stepUm <= 0 ? null : Math.round(stepUm * 1e6) / 1e6;
  return {
    ...calibration,
    pixelSizeUm: { ...pixelSizeUm, z },
    zPositionsUm: z === null ? relative : null,
  };
}
