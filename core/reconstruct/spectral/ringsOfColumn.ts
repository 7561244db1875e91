import { ringPosition } from '#core/image/PlaneCorrelation';
import type { SpectrumLayout } from '#core/util/fourier/SpectrumLayout';

/**
 * Where the frequencies of one column of a spectrum lie among the rings, in the order of the spectrum; all
 * frequencies are kept.
 *
 * @param positions receives them, one for each row
 */
export function ringsOfColumn(
  { width, height }: SpectrumLayout,
  fx: number,
  positions: Float64Array,
): void {
  const x = fx / width;
  for (let fy = 0; 2 * fy <= height; fy++) {
    const y = fy / height;
    const position = ringPosition(Math.sqrt(x * x + y * y));
    positions[fy] = position;
    if (fy > 0) positions[height - fy] = position;
  }
}
