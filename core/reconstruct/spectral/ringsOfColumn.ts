import { ringPosition } from '#core/image/PlaneCorrelation';
import type { SpectrumLayout } from '#core/util/fourier/SpectrumLayout';

/**
 * Where the frequencies fy = 0, 1, … of one column of a spectrum lie among the rings, up to the highest; negative
 * ones lie where their mirror images do.
 *
 * @param positions receives them
 */
export function ringsOfColumn(
  { width, height }: SpectrumLayout,
  fx: number,
  positions: Float64Array,
): void {
  const x = fx / width;
  for (let fy = 0; 2 * fy <= height; fy++) {
    const y = fy / height;
    positions[fy] = ringPosition(Math.sqrt(x * x + y * y));
  }
}
