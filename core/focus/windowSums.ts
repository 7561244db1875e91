import { wholeSampleMirror } from './mirrorPad';

/** Sums values over a square window around each pixel, row by row. */
export interface WindowSums {
  /** The sums for row `y`; the array is used again. Rows are asked for in order, from 0. */
  row(y: number): Float64Array;
}

/**
 * Prepares window sums for images of one size; borders are mirrored without repeating the edge.
 *
 * @param windowPx side of the window in pixels, odd
 * @param fill writes row `y` of the image into `line` from index `margin` on
 */
export function windowSums(
  width: number,
  height: number,
  windowPx: number,
  fill: (y: number, line: Float64Array, margin: number) => void,
): WindowSums {
  const radius = (windowPx - 1) / 2;
  const line = new Float64Array(width + 2 * radius);
  const margins = Array.from({ length: 2 * radius }, (_, k) => {
    const x = k < radius ? k - radius : width + k - radius;
    return { at: radius + x, from: radius + wholeSampleMirror(x, width) };
  });
  const shifted = Array.from({ length: windowPx }, (_, k) => line.subarray(k, k + width));
  const ring = Array.from({ length: windowPx }, () => new Float64Array(width));
  const rows = ring.slice();
  const sums = new Float64Array(width);
  let filled = 0;
  return {
    row: (y) => {
      if (y === 0) filled = 0;
      const last = Math.min(y + radius, height - 1);
      for (; filled <= last; filled++) {
        fill(filled, line, radius);
        for (const { at, from } of margins) line[at] = line[from];
        addUp(shifted, ring[filled % windowPx]);
      }
      for (let k = 0; k < windowPx; k++) {
        rows[k] = ring[wholeSampleMirror(y + k - radius, height) % windowPx];
      }
      addUp(rows, sums);
      return sums;
    },
  };
}

/** Sums lines of one length, four at a time so that the sums are read and written seldom. */
function addUp(lines: readonly Float64Array[], out: Float64Array): void {
  out.set(lines[0]);
  let k = 1;
  for (; k + 3 < lines.length; k += 4) {
    addFour(lines[k], lines[k + 1], lines[k + 2], lines[k + 3], out);
  }
  for (; k < lines.length; k++) addOne(lines[k], out);
}

function addFour(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  d: Float64Array,
  out: Float64Array,
): void {
  for (let x = 0; x < out.length; x++) out[x] += a[x] + b[x] + c[x] + d[x];
}

function addOne(line: Float64Array, out: Float64Array): void {
  for (let x = 0; x < out.length; x++) out[x] += line[x];
}
