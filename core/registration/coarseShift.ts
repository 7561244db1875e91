import type { Matrix3 } from './Matrix3';
import { interpolateRow, overlapOfRow } from './mappedRow';
import { correlationOf } from './normalisedCorrelation';
import type { CorrelationSums } from './normalisedCorrelation';
import type { RegistrationLevel } from './registrationPyramid';

/** Levels up to this long are searched; larger ones would cost more than the registration. */
const LONGEST_SIDE_PX = 40;
/** Smaller overlaps correlate by chance. */
const SMALLEST_OVERLAP = 0.35;
/** Shifts up to this many coarse pixels are the registration's own business. */
const SMALLEST_SHIFT_PX = 2;
/** How much more correlation a shift must bring to be believed. */
const SMALLEST_GAIN = 0.15;

/** A shift of the moving plane that fits clearly better than none. */
export interface CoarseShift {
  /** In pixels of the full plane. */
  readonly x: number;
  readonly y: number;
  /** Normalised correlations at low resolution, with and without the shift. */
  readonly correlation: number;
  readonly correlationUnshifted: number;
}

/** The reference as the moving grid sees it, NaN outside. */
function warpedReference(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  matrix: Matrix3,
): Float64Array {
  const { width, height } = moving;
  const warped = new Float64Array(width * height).fill(Number.NaN);
  const range = new Int32Array(2);
  for (let y = 0; y < height; y++) {
    overlapOfRow(matrix, y, width, reference, range);
    if (range[0] >= range[1]) continue;
    const line = warped.subarray(y * width, (y + 1) * width);
    interpolateRow(reference.spline, matrix, y, range[0], range[1], line);
  }
  return warped;
}

/** Sums over all (x, y) where both `warped` at (x + dx, y + dy) and the moving plane have a value. */
function sumsUnderShift(
  warped: Float64Array,
  moving: RegistrationLevel,
  dx: number,
  dy: number,
  sums: CorrelationSums,
): void {
  const { width, height, samples } = moving;
  sums.count = sums.a = sums.b = sums.aa = sums.bb = sums.ab = 0;
  for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
    const shifted = (y + dy) * width + dx;
    for (let x = Math.max(0, -dx); x < Math.min(width, width - dx); x++) {
      const a = warped[shifted + x];
      if (a !== a) continue;
      const b = samples[y * width + x];
      sums.count++;
      sums.a += a;
      sums.b += b;
      sums.aa += a * a;
      sums.bb += b * b;
      sums.ab += a * b;
    }
  }
}

/**
 * Looks over all shifts at low resolution for one that fits clearly better than the transform that
 * registration ended with. A least-squares search only goes downhill, so this is what tells a wrong
 * minimum from the right one.
 *
 * @param matrix maps moving pixels to reference pixels of the full plane
 * @param levels of both planes, fine to coarse
 * @returns `null` when no shift is clearly better. The better transform is `matrix` after moving by
 * (x, y).
 */
export function coarseShift(
  reference: readonly RegistrationLevel[],
  moving: readonly RegistrationLevel[],
  matrix: Matrix3,
): CoarseShift | null {
  const short = moving.findIndex((level) => Math.max(level.width, level.height) <= LONGEST_SIDE_PX);
  const index = short >= 0 ? short : moving.length - 1;
  const level = moving[index];
  const factor = 2 ** index;
  const [[xx, xy, x0], [yx, yy, y0], last] = matrix;
  const scaled: Matrix3 = [[xx, xy, x0 / factor], [yx, yy, y0 / factor], last];
  const warped = warpedReference(reference[index], level, scaled);
  const fewest = SMALLEST_OVERLAP * level.width * level.height;
  const sums: CorrelationSums = { count: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  sumsUnderShift(warped, level, 0, 0, sums);
  const unshifted = correlationOf(sums);
  let best = unshifted + SMALLEST_GAIN;
  let found: CoarseShift | null = null;
  const reachX = Math.floor(level.width * (1 - SMALLEST_OVERLAP));
  const reachY = Math.floor(level.height * (1 - SMALLEST_OVERLAP));
  for (let dy = -reachY; dy <= reachY; dy++) {
    for (let dx = -reachX; dx <= reachX; dx++) {
      if (Math.hypot(dx, dy) <= SMALLEST_SHIFT_PX) continue;
      sumsUnderShift(warped, level, dx, dy, sums);
      if (sums.count < fewest) continue;
      const correlation = correlationOf(sums);
      if (correlation <= best) continue;
      best = correlation;
      found = {
        x: dx * factor,
        y: dy * factor,
        correlation,
        correlationUnshifted: unshifted,
      };
    }
  }
  return found;
}
