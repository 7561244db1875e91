import { wholeSampleMirror } from './mirrorPad';

/** Filters `source` (row-major y, x) into `out`; both may be the same array. */
export type ImageFilter = (source: Float32Array, out: Float32Array) => void;

/**
 * Right half of a normalised Gaussian, centre first, cut at three standard deviations.
 *
 * @param sigmaPx standard deviation in pixels, above 0
 */
export function gaussianTaps(sigmaPx: number): Float64Array {
  const radius = Math.max(1, Math.round(3 * sigmaPx));
  const taps = Float64Array.from({ length: radius + 1 }, (_, k) =>
    Math.exp(-(k * k) / (2 * sigmaPx * sigmaPx)),
  );
  const total = taps.reduce((sum, tap, k) => sum + (k === 0 ? tap : 2 * tap), 0);
  return taps.map((tap) => tap / total);
}

/**
 * A Gaussian filter for images of one size; borders are mirrored without repeating the edge. Rows are
 * filtered as they come and summed while they are in the cache.
 *
 * @param width number of columns
 * @param height number of rows
 * @param sigmaPx standard deviation in pixels, above 0
 */
export function gaussianFilter(width: number, height: number, sigmaPx: number): ImageFilter {
  const taps = gaussianTaps(sigmaPx);
  const radius = taps.length - 1;
  const columns = Int32Array.from({ length: width + 2 * radius }, (_, k) =>
    wholeSampleMirror(k - radius, width),
  );
  const line = new Float64Array(width + 2 * radius);
  const ring = Array.from({ length: 2 * radius + 1 }, () => new Float64Array(width));
  const rowAt = (y: number): Float64Array => ring[wholeSampleMirror(y, height) % ring.length];
  const sums = new Float64Array(width);
  return (source, out) => {
    let filtered = 0;
    for (let y = 0; y < height; y++) {
      const last = Math.min(y + radius, height - 1);
      for (; filtered <= last; filtered++) {
        for (let k = 0; k < line.length; k++) line[k] = source[filtered * width + columns[k]];
        filterLine(line, taps, rowAt(filtered));
      }
      multiply(rowAt(y), taps[0], sums);
      for (let k = 1; k <= radius; k++) addPair(rowAt(y - k), rowAt(y + k), taps[k], sums);
      out.set(sums, y * width);
    }
  };
}

/** Filters one padded line. */
function filterLine(line: Float64Array, taps: Float64Array, out: Float64Array): void {
  const radius = taps.length - 1;
  for (let x = 0; x < out.length; x++) {
    const centre = x + radius;
    let sum = taps[0] * line[centre];
    for (let k = 1; k <= radius; k++) sum += taps[k] * (line[centre - k] + line[centre + k]);
    out[x] = sum;
  }
}

function multiply(row: Float64Array, tap: number, sums: Float64Array): void {
  for (let x = 0; x < sums.length; x++) sums[x] = tap * row[x];
}

function addPair(above: Float64Array, below: Float64Array, tap: number, sums: Float64Array): void {
  for (let x = 0; x < sums.length; x++) sums[x] += tap * (above[x] + below[x]);
}
