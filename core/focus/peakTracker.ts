/** The best plane of each pixel for one window, found while the planes pass. */
export interface PeakTracker {
  /** Takes the sharpness of the next plane. */
  add(sharpness: Float32Array): void;
  /**
   * Ends the search.
   *
   * @param noiseLevel sharpness that noise alone shows
   * @param independent how many independent values a window holds
   */
  peaks(noiseLevel: number, independent: number): Peaks;
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

/**
 * Follows the largest sharpness of `length` pixels and its two neighbours along z. The peak of the
 * parabola through their logarithms gives the height between planes.
 */
export function peakTracker(length: number): PeakTracker {
  const best = new Float32Array(length).fill(-1);
  const before = new Float32Array(length);
  const after = new Float32Array(length);
  const previous = new Float32Array(length);
  const sums = new Float32Array(length);
  const bestZ = new Uint16Array(length);
  let count = 0;
  return {
    add: (sharpness) => {
      const z = count++;
      for (let i = 0; i < length; i++) {
        const value = sharpness[i];
        sums[i] += value;
        if (value > best[i]) {
          best[i] = value;
          before[i] = previous[i];
          bestZ[i] = z;
        } else if (bestZ[i] === z - 1) after[i] = value;
        previous[i] = value;
      }
    },
    peaks: (noiseLevel, independent) => {
      const heights = new Float32Array(length);
      const strengths = new Float32Array(length);
      const variances = new Float32Array(length).fill(MAX_VARIANCE);
      for (let i = 0; i < length; i++) {
        const z = bestZ[i];
        const peak = Math.max(best[i], TINY);
        heights[i] = z;
        strengths[i] = best[i] - sums[i] / count;
        if (count < 2) continue;
        const isEdge = z === 0 || z === count - 1;
        const low = Math.log(Math.max(z === 0 ? after[i] : before[i], TINY) / peak);
        const high = Math.log(Math.max(z === count - 1 ? before[i] : after[i], TINY) / peak);
        const curvature = Math.max(-low - high, 1e-6);
        if (!isEdge) heights[i] += (0.5 * (high - low)) / curvature;
        const signal = Math.max(best[i] - noiseLevel, 0);
        const relative =
          (2 * noiseLevel * noiseLevel + 4 * signal * noiseLevel) / (independent * peak * peak);
        variances[i] = Math.min((0.5 * relative) / (curvature * curvature), MAX_VARIANCE);
      }
      return { heights, strengths, variances };
    },
  };
}
