import { FourierLines, goodFourierLength, LINES_AT_ONCE } from '#core/util/fourier/FourierLines';
import type { AxialFactors, TransferBand } from './AxialFactors';
import { axialRow } from './axialRow';
import type { ImagingPlan } from './ImagingPlan';

/**
 * Transfer functions given at the kept frequencies themselves, transformed along defocus.
 *
 * @param bandStart first frequency of the band
 */
export function planeFactors(
  plan: ImagingPlan,
  { planes }: TransferBand,
  bandStart: number,
): AxialFactors {
  const length = goodFourierLength(planes.length);
  const lines = new FourierLines(length);
  return {
    length,
    fill(factors, from, to) {
      lines.buffer.fill(0);
      planes.forEach((plane, i) => {
        const row = 2 * axialRow(plan, i, length) * LINES_AT_ONCE;
        lines.buffer.set(plane.subarray(2 * (from - bandStart), 2 * (to - bandStart)), row);
      });
      lines.forward();
      factors.set(lines.buffer);
    },
  };
}
