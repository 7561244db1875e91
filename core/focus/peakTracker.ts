/** The best plane of each pixel for one window so far; arrays are row-major (y, x). */
export interface PeakTrack {
  /** Largest sharpness, and that of the planes before and after. */
  readonly best: Float32Array<ArrayBuffer>;
  readonly before: Float32Array<ArrayBuffer>;
  readonly after: Float32Array<ArrayBuffer>;
  readonly sums: Float32Array<ArrayBuffer>;
  readonly bestZ: Uint16Array<ArrayBuffer>;
}

/** Where the sharpness peaks along z; arrays are row-major (y, x). */
export interface Peaks {
  /** Plane number with fraction, from 0. */
  readonly heights: Float32Array<ArrayBuffer>;
  /** Peak above the mean along z. */
  readonly strengths: Float32Array<ArrayBuffer>;
  /** Variance of the height that noise causes, in planes squared; at most 1000. */
  readonly variances: Float32Array<ArrayBuffer>;
}

const MAX_VARIANCE = 1000;
const TINY = 1e-12;

/** A track of `length` pixels that has seen no plane. */
export function emptyTrack(length: number): PeakTrack {
  return {
    best: new Float32Array(length).fill(-1),
    before: new Float32Array(length),
    after: new Float32Array(length),
    sums: new Float32Array(length),
    bestZ: new Uint16Array(length),
  };
}

/** Pixels that are followed through some planes while they are in the processor's cache. */
const BLOCK = 4096;

/**
 * Follows the largest sharpness and its two neighbours along z; the earlier plane wins ties.
 *
 * @param track changed in place
 * @param maps sharpness of planes that follow each other
 * @param previous map of the plane before them; before plane 0 any
 * @param z number of the first plane, from 0
 */
export function trackPeaks(
  track: PeakTrack,
  maps: readonly Float32Array[],
  previous: Float32Array,
  z: number,
): void {
  for (let start = 0; start < previous.length; start += BLOCK) {
    maps.forEach((map, k) => followBlock(track, map, maps[k - 1] ?? previous, z + k, start));
  }
}

function followBlock(
  { best, before, after, sums, bestZ }: PeakTrack,
  sharpness: Float32Array,
  previous: Float32Array,
  z: number,
  start: number,
): void {
  const lastZ = z - 1;
  const end = Math.min(start + BLOCK, best.length);
  for (let i = start; i < end; i++) {
    const value = sharpness[i];
    sums[i] += value;
    if (value > best[i]) {
      best[i] = value;
      before[i] = previous[i];
      bestZ[i] = z;
    } else if (bestZ[i] === lastZ) after[i] = value;
  }
}

/**
 * Ends a track: the peak of the parabola through the logarithms of three planes gives the height
 * between them. The arrays of the track become those of the result.
 *
 * @param count number of planes that were seen
 * @param noiseLevel sharpness that noise alone shows
 * @param independent how many independent values a window holds
 */
export function endTrack(
  { best, before, after, sums, bestZ }: PeakTrack,
  count: number,
  noiseLevel: number,
  independent: number,
): Peaks {
  for (let i = 0; i < best.length; i++) {
    const z = bestZ[i];
    const peak = Math.max(best[i], TINY);
    const low = (z === 0 ? after[i] : before[i]) / peak;
    const high = (z === count - 1 ? before[i] : after[i]) / peak;
    best[i] -= sums[i] / count;
    before[i] = z;
    after[i] = MAX_VARIANCE;
    if (count < 2) continue;
    const lowLog = Math.log(Math.max(low, TINY / peak));
    const highLog = Math.log(Math.max(high, TINY / peak));
    const curvature = Math.max(-lowLog - highLog, 1e-6);
    if (z > 0 && z < count - 1) before[i] += (0.5 * (highLog - lowLog)) / curvature;
    const signal = Math.max(peak - noiseLevel, 0);
    const relative =
      (2 * noiseLevel * noiseLevel + 4 * signal * noiseLevel) / (independent * peak * peak);
    after[i] = Math.min((0.5 * relative) / (curvature * curvature), MAX_VARIANCE);
  }
  return { heights: before, strengths: best, variances: after };
}
