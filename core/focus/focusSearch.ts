import type { Plane } from '#core/image/Plane';
import type { DetailSurvey } from './detailSurvey';
import { focusBands } from './focusBands';
import { focusPyramid } from './focusPyramid';
import { focusSurface, independentValues } from './focusSurface';
import { peakTracker } from './peakTracker';

/** Looks for the surface of best focus while the planes pass. */
export interface FocusSearch {
  add(plane: Plane): void;
  /** Plane numbers with fractions, row-major (y, x). */
  surface(): Float32Array<ArrayBuffer>;
}

/**
 * Starts a search for planes of one size.
 *
 * @param width number of columns
 * @param height number of rows
 * @param survey what the stack is like
 */
export function focusSearch(
  width: number,
  height: number,
  { weights, noiseLevel }: DetailSurvey,
): FocusSearch {
  const bands = focusBands(width, height);
  const { windows, average } = focusPyramid(width, height);
  const trackers = windows.map((window) => peakTracker(window.width * window.height));
  const sharpness = new Float32Array(width * height);
  let count = 0;
  return {
    add: ({ data }) => {
      count += 1;
      sharpness.fill(0);
      bands.addEnergies(data, weights, sharpness);
      average(sharpness, (index, map) => trackers[index].add(map));
    },
    surface: () => {
      const peaks = trackers.map((tracker, index) =>
        tracker.peaks(noiseLevel, independentValues(windows[index].sigmaPx)),
      );
      const heights = focusSurface(windows, peaks, noiseLevel);
      for (let i = 0; i < heights.length; i++) {
        heights[i] = Math.min(Math.max(heights[i], 0), count - 1);
      }
      return heights;
    },
  };
}
