import { RINGS } from '#core/image/PlaneCorrelation';
import type { SpectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { ringsOfColumn } from './ringsOfColumn';
import { spectralField } from './spectralField';

/** A plane in frequency space. */
export interface PlaneSpectrum {
  readonly mean: number;
  /** Complex values without the mean, interleaved (re, im); in memory that all threads see. */
  readonly values: Float32Array<SharedArrayBuffer>;
  /** Number of frequencies in each ring, and the mean square of their values. */
  readonly counts: Float64Array;
  readonly power: Float64Array;
}

/**
 * Transforms a plane.
 *
 * @param image row-major (y, x); values that are not finite count as 0
 */
export function planeSpectrum({
  image,
  width,
  height,
}: {
  readonly image: Float32Array;
  readonly width: number;
  readonly height: number;
}): PlaneSpectrum {
  const field = spectralField({ width, height });
  const values = new Float32Array(new SharedArrayBuffer(8 * field.layout.length));
  const { mean, rest } = withoutMean(image);
  field.spectrum(rest, values);
  return { mean, values, ...ringPowers(field.layout, values) };
}

function withoutMean(image: Float32Array): { mean: number; rest: Float32Array } {
  const rest = new Float32Array(image.length);
  let sum = 0;
  for (let i = 0; i < image.length; i++) {
    const value = image[i]!;
    if (!Number.isFinite(value)) continue;
    rest[i] = value;
    sum += value;
  }
  const mean = sum / image.length;
  for (let i = 0; i < rest.length; i++) rest[i]! -= mean;
  return { mean, rest };
}

function ringPowers(
  layout: SpectrumLayout,
  values: Float32Array,
): Pick<PlaneSpectrum, 'counts' | 'power'> {
  const counts = new Float64Array(RINGS);
  const power = new Float64Array(RINGS);
  const positions = new Float64Array(layout.height / 2 + 1);
  for (let fx = 0, at = 0; fx < layout.positive.length; fx++) {
    ringsOfColumn(layout, fx, positions);
    for (let y = 0; y < layout.height; y++, at += 2) {
      const ring = positions[Math.min(y, layout.height - y)]! | 0;
      counts[ring]!++;
      power[ring]! += values[at]! ** 2 + values[at + 1]! ** 2;
    }
  }
  return { counts, power: power.map((sum, ring) => sum / Math.max(1, counts[ring]!)) };
}
