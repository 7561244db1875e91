import type { ImagingPlan } from './ImagingPlan';
import { eachFrequency } from '#core/util/fourier/SpectrumLayout';

/**
 * Calls `visit` with every frequency (x, y; in periods per field) that the optics pass and that looks on
 * the voxels of the specimen like the kept frequency at `at`: itself, and, where voxels are coarser
 * than the optics can see, its aliases, for a voxel emits from its centre. Pixels integrate, which
 * multiplies by the transform of a square: that is `weight`.
 *
 * @param from first kept frequency, as the plan's layout counts them
 * @param to end of the kept frequencies, exclusive
 * @param visit `frequency` is the distance from 0, in periods per micrometre
 */
export function eachAlias(
  plan: ImagingPlan,
  from: number,
  to: number,
  visit: (at: number, x: number, y: number, frequency: number, weight: number) => void,
): void {
  const { layout, fieldUm, crop, cutoff } = plan;
  const foldsX = Math.ceil((cutoff * fieldUm[0]) / layout.width - 0.5);
  const foldsY = Math.ceil((cutoff * fieldUm[1]) / layout.height - 0.5);
  eachFrequency(layout, from, to, (at, fx, fy) => {
    for (let m = -foldsX; m <= foldsX; m++) {
      for (let n = -foldsY; n <= foldsY; n++) {
        const x = fx + m * layout.width;
        const y = fy + n * layout.height;
        const frequency = Math.hypot(x / fieldUm[0], y / fieldUm[1]);
        if (frequency > cutoff) continue;
        const weight = sinc(x / crop.fieldWidth) * sinc(y / crop.fieldHeight);
        visit(at, x, y, frequency, weight);
      }
    }
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
