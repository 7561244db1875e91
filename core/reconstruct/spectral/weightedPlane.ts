import { MARGIN_PX, RINGS } from '#core/image/PlaneCorrelation';
import { MirroredField } from '#core/util/fourier/MirroredField';
import type { SpectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { ringsOfColumn } from './ringsOfColumn';

/** A sum of spectra with weights that depend on the lateral frequency. */
interface WeightedSpectra {
  /** What `planeSpectrum` gives as `values`. */
  readonly spectra: readonly Float32Array[];
  /** For each spectrum its weight in the middle of each ring; in between it is interpolated. */
  readonly weights: readonly Float64Array[];
}

/**
 * The plane that is a weighted sum of spectra.
 *
 * @returns row-major (y, x), `mean` added
 */
export function weightedPlane({
  width,
  height,
  mean,
  ...sum
}: WeightedSpectra & {
  readonly width: number;
  readonly height: number;
  readonly mean: number;
}): Float32Array<ArrayBuffer> {
  const field = new MirroredField({ width, height }, { marginPx: MARGIN_PX });
  const plane = field.plane(weightedSum(field.layout, sum));
  for (let i = 0; i < plane.length; i++) plane[i]! += mean;
  return plane;
}

function weightedSum(
  layout: SpectrumLayout,
  { spectra, weights }: WeightedSpectra,
): Float32Array<ArrayBuffer> {
  const { height, positive, length } = layout;
  const sum = new Float32Array(2 * length);
  const positions = new Float64Array(height);
  for (let fx = 0; fx < positive.length; fx++) {
    ringsOfColumn(layout, fx, positions);
    for (const [m, values] of spectra.entries()) {
      const own = weights[m]!;
      for (let y = 0, at = 2 * fx * height; y < height; y++, at += 2) {
        const position = Math.min(Math.max(positions[y]! - 0.5, 0), RINGS - 1.0001);
        const ring = position | 0;
        const weight = own[ring]! + (position - ring) * (own[ring + 1]! - own[ring]!);
        sum[at]! += weight * values[at]!;
        sum[at + 1]! += weight * values[at + 1]!;
      }
    }
  }
  return sum;
}
