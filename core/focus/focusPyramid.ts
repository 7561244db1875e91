import { gaussianFilter, type ImageFilter } from './gaussianFilter';

/** One window size of the pyramid. */
export interface FocusWindow {
  readonly width: number;
  readonly height: number;
  /** Pixels of the plane per pixel of this window's maps. */
  readonly scale: number;
  /** Standard deviation of the window in pixels of the plane. */
  readonly sigmaPx: number;
}

/** Averages of a sharpness map over windows of growing size. */
export interface FocusPyramid {
  /** Finest first. */
  readonly windows: readonly FocusWindow[];
  /** Gives the averages to `take`, window by window; the array is used again afterwards. */
  average(sharpness: Float32Array, take: (window: number, map: Float32Array) => void): void;
}

const COARSE_LEVELS = 4;
const FINEST_SIGMA_PX = 0.8;
const SIGMA_PX = 1.5;

/** Prepares the windows for planes of one size: 0.8, 1.5, 3, 6, 12 and 24 pixels. */
export function focusPyramid(width: number, height: number): FocusPyramid {
  const windows: FocusWindow[] = [{ width, height, scale: 1, sigmaPx: FINEST_SIGMA_PX }];
  for (let level = 0; level <= COARSE_LEVELS; level++) {
    const scale = 2 ** level;
    windows.push({
      width: Math.ceil(width / scale),
      height: Math.ceil(height / scale),
      scale,
      sigmaPx: SIGMA_PX * scale,
    });
  }
  const filters: ImageFilter[] = windows.map((window) =>
    gaussianFilter(window.width, window.height, window.sigmaPx / window.scale),
  );
  const averages = windows.map((window) => new Float32Array(window.width * window.height));
  const halved = windows.map((window) =>
    window.scale > 1 ? new Float32Array(window.width * window.height) : new Float32Array(0),
  );
  return {
    windows,
    average: (sharpness, take) => {
      let source = sharpness;
      windows.forEach((window, index) => {
        if (window.scale > 1) {
          halve(source, windows[index - 1], halved[index], window);
          source = halved[index];
        }
        filters[index](source, averages[index]);
        take(index, averages[index]);
      });
    },
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Means of 2 x 2 blocks; a last odd row or column stands for its missing neighbour. */
function halve(source: Float32Array, from: Size, out: Float32Array, to: Size): void {
  for (let y = 0; y < to.height; y++) {
    const top = 2 * y * from.width;
    const bottom = Math.min(2 * y + 1, from.height - 1) * from.width;
    for (let x = 0; x < to.width; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, from.width - 1);
      out[y * to.width + x] =
        (source[top + left] +
          source[top + right] +
          source[bottom + left] +
          source[bottom + right]) /
        4;
    }
  }
}

/** Linear interpolation of a map onto one twice as fine, block centres lying between its pixels. */
export function doubled(source: Float32Array, from: Size, to: Size): Float32Array<ArrayBuffer> {
  const out = new Float32Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    const v = Math.min(Math.max((y - 0.5) / 2, 0), from.height - 1);
    const top = Math.floor(v);
    const bottom = Math.min(top + 1, from.height - 1);
    for (let x = 0; x < to.width; x++) {
      const u = Math.min(Math.max((x - 0.5) / 2, 0), from.width - 1);
      const left = Math.floor(u);
      const right = Math.min(left + 1, from.width - 1);
      const above = mix(
        source[top * from.width + left],
        source[top * from.width + right],
        u - left,
      );
      const below = mix(
        source[bottom * from.width + left],
        source[bottom * from.width + right],
        u - left,
      );
      out[y * to.width + x] = mix(above, below, v - top);
    }
  }
  return out;
}

function mix(a: number, b: number, share: number): number {
  return a + share * (b - a);
}
