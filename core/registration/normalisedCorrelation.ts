import type { PlaneMap } from './PlaneMap';
import { comparedRow } from './comparedRow';
import type { RegistrationLevel } from './registrationPyramid';

/** Running sums of two sets of samples. */
export interface CorrelationSums {
  count: number;
  a: number;
  b: number;
  aa: number;
  bb: number;
  ab: number;
}

/** Pearson correlation from running sums, -1 to 1; 0 when one side does not vary. */
export function correlationOf(sums: CorrelationSums): number {
  const { count, a, b, aa, bb, ab } = sums;
  if (count < 2) return 0;
  const varianceA = aa - (a * a) / count;
  const varianceB = bb - (b * b) / count;
  // What is left after cancellation is rounding noise below this share of the sums.
  if (!(varianceA > 1e-12 * aa) || !(varianceB > 1e-12 * bb)) return 0;
  const value = (ab - (a * b) / count) / Math.sqrt(varianceA * varianceB);
  return Math.max(-1, Math.min(1, value));
}

/**
 * Normalised cross-correlation of a moving level with the reference under a transform, over the
 * overlap; -1 to 1, and 0 when one side is constant there.
 *
 * @param map maps moving pixels to reference pixels of this level
 */
export function correlationUnder(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  map: PlaneMap,
): number {
  const { width, height, samples } = moving;
  const line = new Float64Array(width);
  const range = new Int32Array(2);
  const sums: CorrelationSums = { count: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  for (let y = 0; y < height; y++) {
    comparedRow(reference, moving, map, y, range, line);
    for (let x = range[0], i = y * width + x; x < range[1]; x++, i++) {
      const a = line[x];
      if (a !== a) continue;
      const b = samples[i];
      sums.count++;
      sums.a += a;
      sums.b += b;
      sums.aa += a * a;
      sums.bb += b * b;
      sums.ab += a * b;
    }
  }
  return correlationOf(sums);
}
