import type { ImageFilter } from './gaussianFilter';
import { wholeSampleMirror } from './mirrorPad';

/** Width of a binomial filter: 2 for the taps 1 2 1, 6 for 1 6 15 20 15 6 1. */
export type BinomialOrder = 2 | 6;

/**
 * A binomial filter along rows and columns: a Gaussian of variance order / 4 square pixels that costs
 * few operations. Borders are mirrored without repeating the edge. Rows are filtered as they come
 * and summed while they are in the cache, so that each pixel is read and written once.
 *
 * @param width number of columns
 * @param height number of rows
 * @param order 2 for a standard deviation of 0.71 pixels, 6 for 1.22
 */
export function binomialFilter(width: number, height: number, order: BinomialOrder): ImageFilter {
  const radius = order / 2;
  const taps = order + 1;
  const ring = Array.from({ length: taps }, () => new Float64Array(width));
  const rows = Array.from({ length: taps }, () => ring[0]);
  const filterRow = order === 2 ? filterRow3 : filterRow7;
  const addRows = order === 2 ? addRows3 : addRows7;
  return (source, out) => {
    let filtered = 0;
    for (let y = 0; y < height; y++) {
      const last = Math.min(y + radius, height - 1);
      for (; filtered <= last; filtered++) {
        filterRow(source, filtered * width, ring[filtered % taps]);
      }
      for (let k = 0; k < taps; k++) {
        rows[k] = ring[wholeSampleMirror(y + k - radius, height) % taps];
      }
      addRows(rows, out, y * width);
    }
  };
}

/** Filters the row of `source` that begins at `start`; the window of samples slides through variables. */
function filterRow3(source: Float32Array, start: number, out: Float64Array): void {
  const last = out.length - 1;
  const mirror = wholeSampleMirror(-1, out.length);
  let a = source[start + mirror];
  let b = source[start];
  for (let x = 0; x < last; x++) {
    const c = source[start + x + 1];
    out[x] = 0.25 * (a + c) + 0.5 * b;
    a = b;
    b = c;
  }
  out[last] = 0.25 * (a + source[start + last - mirror]) + 0.5 * b;
}

function filterRow7(source: Float32Array, start: number, out: Float64Array): void {
  const width = out.length;
  const at = (x: number): number => source[start + wholeSampleMirror(x, width)];
  let a = at(-3);
  let b = at(-2);
  let c = at(-1);
  let d = at(0);
  let e = at(1);
  let f = at(2);
  const inner = width - 3;
  for (let x = 0; x < inner; x++) {
    const g = source[start + x + 3];
    out[x] = 0.015625 * (a + g) + 0.09375 * (b + f) + 0.234375 * (c + e) + 0.3125 * d;
    a = b;
    b = c;
    c = d;
    d = e;
    e = f;
    f = g;
  }
  for (let x = Math.max(inner, 0); x < width; x++) {
    out[x] =
      0.015625 * (at(x - 3) + at(x + 3)) +
      0.09375 * (at(x - 2) + at(x + 2)) +
      0.234375 * (at(x - 1) + at(x + 1)) +
      0.3125 * at(x);
  }
}

function addRows3(rows: readonly Float64Array[], out: Float32Array, start: number): void {
  const [a, b, c] = rows;
  for (let x = 0; x < b.length; x++) out[start + x] = 0.25 * (a[x] + c[x]) + 0.5 * b[x];
}

function addRows7(rows: readonly Float64Array[], out: Float32Array, start: number): void {
  const [a, b, c, d, e, f, g] = rows;
  for (let x = 0; x < d.length; x++) {
    out[start + x] =
      0.015625 * (a[x] + g[x]) + 0.09375 * (b[x] + f[x]) + 0.234375 * (c[x] + e[x]) + 0.3125 * d[x];
  }
}
