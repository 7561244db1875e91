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
 * A Gaussian filter for images of one size; borders are mirrored without repeating the edge. It owns
 * its scratch memory: one image in single precision.
 *
 * @param width number of columns
 * @param height number of rows
 * @param sigmaPx standard deviation in pixels, above 0
 */
export function gaussianFilter(width: number, height: number, sigmaPx: number): ImageFilter {
  const taps = gaussianTaps(sigmaPx);
  const radius = taps.length - 1;
  const mirrored = (length: number): Int32Array =>
    Int32Array.from({ length: length + 2 * radius }, (_, k) =>
      wholeSampleMirror(k - radius, length),
    );
  const columns = mirrored(width);
  const rows = mirrored(height);
  const between = new Float32Array(width * height);
  const line = new Float64Array(width + 2 * radius);
  const sums = new Float64Array(width);
  return (source, out) => {
    for (let y = 0; y < height; y++) {
      const row = y * width;
      for (let k = 0; k < line.length; k++) line[k] = source[row + columns[k]];
      filterLine(line, taps, between, row, width);
    }
    for (let y = 0; y < height; y++) {
      addRows(between, rows, y + radius, width, taps, sums);
      out.set(sums, y * width);
    }
  };
}

/** Filters one padded line into `width` samples of `out` from `start` on. */
function filterLine(
  line: Float64Array,
  taps: Float64Array,
  out: Float32Array,
  start: number,
  width: number,
): void {
  const radius = taps.length - 1;
  for (let x = 0; x < width; x++) {
    const centre = x + radius;
    let sum = taps[0] * line[centre];
    for (let k = 1; k <= radius; k++) sum += taps[k] * (line[centre - k] + line[centre + k]);
    out[start + x] = sum;
  }
}

/** Weighted sum of the rows around `centre`, which counts in padded rows. */
function addRows(
  image: Float32Array,
  rows: Int32Array,
  centre: number,
  width: number,
  taps: Float64Array,
  sums: Float64Array,
): void {
  const here = rows[centre] * width;
  for (let x = 0; x < width; x++) sums[x] = taps[0] * image[here + x];
  for (let k = 1; k < taps.length; k++) {
    const tap = taps[k];
    const above = rows[centre - k] * width;
    const below = rows[centre + k] * width;
    for (let x = 0; x < width; x++) sums[x] += tap * (image[above + x] + image[below + x]);
  }
}
