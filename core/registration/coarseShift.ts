import { affineMatrix } from './Matrix3';
import type { Matrix3 } from './Matrix3';
import { mapAfter, mapAtScale } from './PlaneMap';
import type { PlaneMap } from './PlaneMap';
import { comparedRow } from './comparedRow';
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

/** Turns in degrees that are looked at; between two of them registration finds its own way. */
const TURN_STEP = 6;
const LARGEST_TURN = 36;
/** With this much correlation at low resolution, no turn can be missing. */
const WELL_EXPLAINED = 0.9;

/** A shift of the moving plane that fits clearly better than none. */
export interface CoarseShift {
  /** The better map from moving pixels to reference pixels of the full plane. */
  readonly map: PlaneMap;
  /** The shift, in pixels of the full plane, and the turn about the centre before it. */
  readonly x: number;
  readonly y: number;
  readonly degrees: number;
  /** Normalised correlations at low resolution, with and without the shift. */
  readonly correlation: number;
  readonly correlationUnshifted: number;
}

/** The reference as the moving grid sees it, NaN outside and where it does not count. */
function warpedReference(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  map: PlaneMap,
): Float64Array {
  const { width, height } = moving;
  // The moving plane's own mask does not follow the shifts that are tried.
  const grid = { ...moving, mask: null };
  const warped = new Float64Array(width * height).fill(Number.NaN);
  const range = new Int32Array(2);
  for (let y = 0; y < height; y++) {
    const line = warped.subarray(y * width, (y + 1) * width);
    comparedRow(reference, grid, map, y, range, line);
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
  const { width, height, samples, mask } = moving;
  sums.count = sums.a = sums.b = sums.aa = sums.bb = sums.ab = 0;
  for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
    const shifted = (y + dy) * width + dx;
    for (let x = Math.max(0, -dx); x < Math.min(width, width - dx); x++) {
      const a = warped[shifted + x];
      if (a !== a || (mask && mask[y * width + x] === 0)) continue;
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

/** The best shift of a warped reference over the moving level. */
interface ShiftFit {
  readonly dx: number;
  readonly dy: number;
  readonly correlation: number;
}

function bestShift(
  warped: Float64Array,
  moving: RegistrationLevel,
  smallestPx: number,
  sums: CorrelationSums,
): ShiftFit {
  const fewest = SMALLEST_OVERLAP * moving.width * moving.height;
  const reachX = Math.floor(moving.width * (1 - SMALLEST_OVERLAP));
  const reachY = Math.floor(moving.height * (1 - SMALLEST_OVERLAP));
  let best: ShiftFit = { dx: 0, dy: 0, correlation: -Infinity };
  for (let dy = -reachY; dy <= reachY; dy++) {
    for (let dx = -reachX; dx <= reachX; dx++) {
      if (Math.hypot(dx, dy) <= smallestPx) continue;
      // Not enough rows and columns are left for the smallest overlap: spare the sums.
      if ((moving.width - Math.abs(dx)) * (moving.height - Math.abs(dy)) < fewest) continue;
      sumsUnderShift(warped, moving, dx, dy, sums);
      if (sums.count < fewest) continue;
      const correlation = correlationOf(sums);
      if (correlation > best.correlation) best = { dx, dy, correlation };
    }
  }
  return best;
}

function turnAboutCentre(width: number, height: number, degrees: number): Matrix3 {
  const x = (width - 1) / 2;
  const y = (height - 1) / 2;
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return affineMatrix(cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y);
}

/** The number of the finest level that is small enough to search, or of the coarsest. */
export function searchedLevel(levels: readonly RegistrationLevel[]): number {
  const short = levels.findIndex((level) => Math.max(level.width, level.height) <= LONGEST_SIDE_PX);
  return short >= 0 ? short : levels.length - 1;
}

/**
 * Looks over all shifts, and over turns where the model has them, at low resolution for one that
 * fits clearly better than the transform that registration ended with. A least-squares search only
 * goes downhill, so this is what tells a wrong minimum from the right one. It is exhaustive, so it
 * does not depend on how the images got where they are; turns are only looked at when the present
 * fit leaves something to explain.
 *
 * @param map maps moving pixels to reference pixels of the full plane
 * @param levels of both planes, fine to coarse
 * @param turns whether to look at turns as well
 * @returns `null` when nothing is clearly better
 */
export function coarseShift(
  reference: readonly RegistrationLevel[],
  moving: readonly RegistrationLevel[],
  map: PlaneMap,
  turns: boolean,
): CoarseShift | null {
  const index = searchedLevel(moving);
  const level = moving[index];
  const factor = 2 ** index;
  const scaled = mapAtScale(map, factor);
  const sums: CorrelationSums = { count: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  const present = warpedReference(reference[index], level, scaled);
  sumsUnderShift(present, level, 0, 0, sums);
  const unshifted = correlationOf(sums);
  const best = { correlation: unshifted + SMALLEST_GAIN, dx: 0, dy: 0, degrees: 0, found: false };
  const look = (warped: Float64Array, degrees: number): void => {
    const fit = bestShift(warped, level, degrees === 0 ? SMALLEST_SHIFT_PX : -1, sums);
    if (fit.correlation > best.correlation) Object.assign(best, fit, { degrees, found: true });
  };
  look(present, 0);
  if (turns && unshifted < WELL_EXPLAINED) {
    for (let degrees = TURN_STEP; degrees <= LARGEST_TURN; degrees += TURN_STEP) {
      for (const turn of [-degrees, degrees]) {
        const turned = mapAfter(scaled, turnAboutCentre(level.width, level.height, turn));
        look(warpedReference(reference[index], level, turned), turn);
      }
    }
  }
  if (!best.found) return null;
  const { dx, dy, degrees, correlation } = best;
  const turn = turnAboutCentre(level.width, level.height, degrees);
  const start = mapAfter(mapAfter(scaled, turn), affineMatrix(1, 0, dx, 0, 1, dy));
  return {
    map: mapAtScale(start, 1 / factor),
    x: dx * factor,
    y: dy * factor,
    degrees,
    correlation,
    correlationUnshifted: unshifted,
  };
}
