import { shareOfBrightest } from './shareOfBrightest';
import { spanHeights } from './spanHeights';
import { doubled, type FocusWindow } from './focusPyramid';
import { gaussianFilter } from './gaussianFilter';
import type { Peaks } from './peakTracker';

/** A finer window counts from this share of the sharpness of its surroundings on, and fully from the second. */
const LEAST_SHARE = 0.2;
const FULL_SHARE = 0.5;
/** A peak counts when it is this many standard deviations of the noise high, fully at twice as many. */
const LEAST_PEAK = 6;
/** Safety factor on the predicted variance of a height. */
const VARIANCE_MARGIN = 2;
/** Differences of heights are judged over this many window widths. */
const JUDGED_WIDTHS = 1.5;

/** The window of full resolution whose detail holds the surface. */
const SEED_WINDOW = 1;
/** Detail counts from this share of the strongest detail nearby on; less may be the halo of that. */
const LEAST_OWN_SHARE = 0.05;
const FULL_OWN_SHARE = 0.5;

/** A height for every pixel at one window size. */
interface Layer {
  readonly window: FocusWindow;
  readonly heights: Float32Array<ArrayBuffer>;
  readonly surroundings: Float32Array<ArrayBuffer>;
}

/**
 * One surface of best focus from the peaks of all windows, coarse to fine. A finer window moves the
 * surface where it has detail of its own (not only the halo of something bright nearby) and where it
 * differs from the coarser one by more than noise explains. At last the surface is spanned between the
 * places of strong detail.
 *
 * @param windows finest first
 * @param peaks one entry per window
 * @param noiseLevel sharpness that noise alone shows
 * @returns plane numbers with fractions, row-major (y, x), of the finest window's size
 */
export function focusSurface(
  windows: readonly FocusWindow[],
  peaks: readonly Peaks[],
  noiseLevel: number,
): Float32Array<ArrayBuffer> {
  const coarsest = windows.length - 1;
  let layer: Layer = {
    window: windows[coarsest],
    heights: peaks[coarsest].heights.slice().fill(meanHeight(peaks[coarsest])),
    surroundings: peaks[coarsest].strengths,
  };
  for (let index = coarsest; index >= 0; index--) {
    layer = refined(layerAt(layer, windows[index]), peaks[index], noiseLevel);
  }
  const trust = trustOf(peaks[SEED_WINDOW], layer.surroundings, windows[SEED_WINDOW], noiseLevel);
  const own = shareOfBrightest(peaks[SEED_WINDOW].strengths, windows[SEED_WINDOW].width);
  for (let i = 0; i < trust.length; i++) {
    trust[i] *= clamped((own[i] - LEAST_OWN_SHARE) / (FULL_OWN_SHARE - LEAST_OWN_SHARE));
  }
  spanHeights(layer.heights, trust, windows[0].width);
  return layer.heights;
}

/** Number of independent sharpness values in a Gaussian window; neighbours share most of their noise. */
export function independentValues(sigmaPx: number): number {
  return Math.max(1, (Math.PI / 2) * sigmaPx * sigmaPx);
}

function meanHeight({ heights, strengths }: Peaks): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < heights.length; i++) {
    sum += heights[i] * strengths[i];
    weight += strengths[i];
  }
  return weight > 0 ? sum / weight : 0;
}

function layerAt(layer: Layer, window: FocusWindow): Layer {
  if (layer.window.scale === window.scale) return { ...layer, window };
  return {
    window,
    heights: doubled(layer.heights, layer.window, window),
    surroundings: doubled(layer.surroundings, layer.window, window),
  };
}

/** Moves the heights of `layer` towards those of the window as far as they can be trusted. */
function refined(layer: Layer, peaks: Peaks, noiseLevel: number): Layer {
  const { window, heights, surroundings } = layer;
  const trust = trustOf(peaks, surroundings, window, noiseLevel);
  const length = heights.length;
  const spread = new Float32Array(length);
  const expected = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    spread[i] = trust[i] * (peaks.heights[i] - heights[i]) ** 2;
    expected[i] = trust[i] * VARIANCE_MARGIN * peaks.variances[i];
  }
  const sigmaPx = (JUDGED_WIDTHS * window.sigmaPx) / window.scale;
  const judge = gaussianFilter(window.width, window.height, sigmaPx);
  judge(spread, spread);
  judge(expected, expected);
  const moved = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const keep = spread[i] > 0 ? Math.max(0, 1 - expected[i] / spread[i]) : 0;
    moved[i] = heights[i] + trust[i] * keep * (peaks.heights[i] - heights[i]);
  }
  return { window, heights: moved, surroundings };
}

function trustOf(
  { strengths }: Peaks,
  surroundings: Float32Array,
  { sigmaPx }: FocusWindow,
  noiseLevel: number,
): Float32Array {
  const deviation = noiseLevel * Math.sqrt(2 / independentValues(sigmaPx));
  return strengths.map((strength, i) => {
    const share = surroundings[i] > 0 ? strength / surroundings[i] : 0;
    const detail = (share - LEAST_SHARE) / (FULL_SHARE - LEAST_SHARE);
    const peak = deviation > 0 ? strength / (LEAST_PEAK * deviation) - 1 : 1;
    return clamped(detail) * clamped(peak);
  });
}

function clamped(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
