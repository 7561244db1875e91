import { binomialFilter } from './binomialFilter';
import { doubled } from '#core/image/halved';
import { focusWindows, type FocusWindow } from './focusPyramid';
import { endTrack, type Peaks, type PeakTrack } from './peakTracker';
import { shareOfBrightest } from './shareOfBrightest';
import { spanHeights } from './spanHeights';

/** A finer window counts from this share of the sharpness of its surroundings on, and fully from the second. */
const LEAST_SHARE = 0.2;
const FULL_SHARE = 0.5;
/** A peak counts when it is this many standard deviations of the noise high, fully at twice as many. */
const LEAST_PEAK = 6;
/** Safety factor on the predicted variance of a height. */
const VARIANCE_MARGIN = 2;

/** How far around a place the detail that holds the surface there looks for something brighter. */
const REACH_PX = 8;
/** Detail counts from this share of the strongest detail nearby on; less may be the halo of that. */
const LEAST_OWN_SHARE = 0.05;
const FULL_OWN_SHARE = 0.5;

/** What the search for the surface found in all planes. */
export interface FocusSearch {
  readonly width: number;
  readonly height: number;
  readonly planeCount: number;
  /** One per window of `focusWindows`, finest first. */
  readonly tracks: readonly PeakTrack[];
  /** Sharpness that noise alone shows. */
  readonly noiseLevel: number;
}

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
 * @param search its tracks are used up
 * @returns plane numbers with fractions, row-major (y, x), of the size of the planes
 */
export function focusSurface(search: FocusSearch): Float32Array<ArrayBuffer> {
  const { tracks, planeCount, noiseLevel } = search;
  const windows = focusWindows(search);
  const peaksAt = (index: number): Peaks => {
    const independent = independentValues(windows[index].sigmaPx);
    return endTrack(tracks[index], planeCount, noiseLevel, independent);
  };
  let peaks = peaksAt(windows.length - 1);
  let layer = coarsestLayer(peaks, windows[windows.length - 1]);
  layer = refined(layer, peaks, noiseLevel);
  for (let index = windows.length - 2; index >= 0; index--) {
    peaks = peaksAt(index);
    layer = refined(layerAt(layer, windows[index]), peaks, noiseLevel);
  }
  spanHeights(layer.heights, holdOf(peaks, layer, noiseLevel), layer.window.width);
  const heights = doubled(layer.heights, windows[0], search);
  keepWithin(heights, planeCount - 1);
  return heights;
}

function keepWithin(heights: Float32Array, last: number): void {
  for (let i = 0; i < heights.length; i++) heights[i] = Math.min(Math.max(heights[i], 0), last);
}

/** Number of independent sharpness values in a Gaussian window; neighbours share most of their noise. */
function independentValues(sigmaPx: number): number {
  return Math.max(1, (Math.PI / 2) * sigmaPx * sigmaPx);
}

function coarsestLayer(peaks: Peaks, window: FocusWindow): Layer {
  const heights = peaks.heights.slice().fill(meanHeight(peaks));
  return { window, heights, surroundings: peaks.strengths };
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
  const spread = new Float32Array(heights.length);
  const expected = new Float32Array(heights.length);
  weighSpread(trust, peaks, heights, spread, expected);
  const judge = binomialFilter(window.width, window.height, 6);
  for (const values of [spread, expected]) {
    judge(values, values);
    judge(values, values);
  }
  moveHeights(heights, peaks, trust, spread, expected);
  return layer;
}

/** Squared difference of the heights, and what noise gives to it, weighed by trust. */
function weighSpread(
  trust: Float32Array,
  peaks: Peaks,
  heights: Float32Array,
  spread: Float32Array,
  expected: Float32Array,
): void {
  for (let i = 0; i < heights.length; i++) {
    const difference = peaks.heights[i] - heights[i];
    spread[i] = trust[i] * difference * difference;
    expected[i] = trust[i] * VARIANCE_MARGIN * peaks.variances[i];
  }
}

function moveHeights(
  heights: Float32Array,
  peaks: Peaks,
  trust: Float32Array,
  spread: Float32Array,
  expected: Float32Array,
): void {
  for (let i = 0; i < heights.length; i++) {
    const keep = spread[i] > 0 ? Math.max(0, 1 - expected[i] / spread[i]) : 0;
    heights[i] += trust[i] * keep * (peaks.heights[i] - heights[i]);
  }
}

function trustOf(
  { strengths }: Peaks,
  surroundings: Float32Array,
  { sigmaPx }: FocusWindow,
  noiseLevel: number,
): Float32Array<ArrayBuffer> {
  const trust = new Float32Array(strengths.length);
  // Without noise every peak counts.
  const deviation = noiseLevel * Math.sqrt(2 / independentValues(sigmaPx));
  const perPeak = deviation > 0 ? 1 / (LEAST_PEAK * deviation) : Infinity;
  for (let i = 0; i < trust.length; i++) {
    if (!(strengths[i] > 0 && surroundings[i] > 0)) continue;
    const share = strengths[i] / surroundings[i];
    const detail = clamped((share - LEAST_SHARE) / (FULL_SHARE - LEAST_SHARE));
    trust[i] = detail * clamped(strengths[i] * perPeak - 1);
  }
  return trust;
}

/** How far the surface is held at each place: by detail that is not the halo of something brighter. */
function holdOf(
  peaks: Peaks,
  { window, surroundings }: Layer,
  noiseLevel: number,
): Float32Array<ArrayBuffer> {
  const trust = trustOf(peaks, surroundings, window, noiseLevel);
  const own = shareOfBrightest(peaks.strengths, window.width, REACH_PX / window.scale);
  for (let i = 0; i < trust.length; i++) {
    trust[i] *= clamped((own[i] - LEAST_OWN_SHARE) / (FULL_OWN_SHARE - LEAST_OWN_SHARE));
  }
  return trust;
}

function clamped(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
