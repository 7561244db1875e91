import { RINGS } from '#core/image/PlaneCorrelation';
import type { SpectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { ringsOfColumn } from './ringsOfColumn';
import { spectralField } from './spectralField';

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
  const field = spectralField({ width, height });
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
  const positions = new Float64Array(height / 2 + 1);
  const column = new Float64Array(height);
  for (let fx = 0; fx < positive.length; fx++) {
    ringsOfColumn(layout, fx, positions);
    for (const [m, values] of spectra.entries()) {
      fillWeights(weights[m]!, positions, column);
      addWeighted(sum, values, column, 2 * fx * height);
    }
  }
  return sum;
}

/** Adds a column of a spectrum, which begins at a place, to a sum. */
function addWeighted(
  sum: Float32Array,
  spectrum: Float32Array,
  weights: Float64Array,
  from: number,
): void {
  for (let y = 0, at = from; y < weights.length; y++, at += 2) {
    const weight = weights[y]!;
    sum[at]! += weight * spectrum[at]!;
    sum[at + 1]! += weight * spectrum[at + 1]!;
  }
}

/** Weights of all frequencies of a column, in the order of the spectrum. */
function fillWeights(ofRings: Float64Array, positions: Float64Array, column: Float64Array): void {
  for (let fy = 0; fy < positions.length; fy++) {
    const position = Math.min(Math.max(positions[fy]! - 0.5, 0), RINGS - 1.0001);
    const ring = position | 0;
    const weight = ofRings[ring]! + (position - ring) * (ofRings[ring + 1]! - ofRings[ring]!);
    column[fy] = weight;
    if (fy > 0) column[column.length - fy] = weight;
  }
}
