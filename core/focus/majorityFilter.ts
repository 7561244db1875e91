import { wholeSampleMirror } from './mirrorPad';
import type { WaveletBand } from './waveletBands';

const RADIUS = 2;
const WINDOW = (2 * RADIUS + 1) ** 2;

/**
 * Replaces a plane number by the one that more than half of the 5 x 5 places around it name;
 * without such a majority it stays. Borders are mirrored without repeating the edge.
 *
 * @param planeIndex plane numbers in Mallat layout; changed in place inside the band
 * @param stride number of columns of the layout
 * @param band the rectangle to filter
 * @see Forster B. et al., Microscopy Research and Technique 65, 2004, doi:10.1002/jemt.20092
 */
export function majorityFilter(planeIndex: Uint16Array, stride: number, band: WaveletBand): void {
  const { width, height } = band;
  const padded = paddedCopy(planeIndex, stride, band);
  const paddedWidth = width + 2 * RADIUS;
  for (let y = 0; y < height; y++) {
    const target = (band.top + y) * stride + band.left;
    for (let x = 0; x < width; x++) {
      const winner = majorityOfWindow(padded, y * paddedWidth + x, paddedWidth);
      if (winner >= 0) planeIndex[target + x] = winner;
    }
  }
}

function paddedCopy(planeIndex: Uint16Array, stride: number, band: WaveletBand): Uint16Array {
  const { width, height } = band;
  const paddedWidth = width + 2 * RADIUS;
  const columns = Int32Array.from({ length: paddedWidth }, (_, x) =>
    wholeSampleMirror(x - RADIUS, width),
  );
  const padded = new Uint16Array(paddedWidth * (height + 2 * RADIUS));
  for (let y = 0; y < height + 2 * RADIUS; y++) {
    const source = (band.top + wholeSampleMirror(y - RADIUS, height)) * stride + band.left;
    const target = y * paddedWidth;
    for (let x = 0; x < paddedWidth; x++) padded[target + x] = planeIndex[source + columns[x]];
  }
  return padded;
}

/** The value that more than half of the window holds, or -1: pairs of unequal values cancel, then a count. */
function majorityOfWindow(padded: Uint16Array, start: number, stride: number): number {
  let candidate = -1;
  let lead = 0;
  for (let dy = 0; dy <= 2 * RADIUS; dy++) {
    const row = start + dy * stride;
    for (let dx = 0; dx <= 2 * RADIUS; dx++) {
      const value = padded[row + dx];
      if (value === candidate) lead += 1;
      else if (lead === 0) {
        candidate = value;
        lead = 1;
      } else lead -= 1;
    }
  }
  if (lead === 0) return -1;
  let votes = 0;
  for (let dy = 0; dy <= 2 * RADIUS; dy++) {
    const row = start + dy * stride;
    for (let dx = 0; dx <= 2 * RADIUS; dx++) if (padded[row + dx] === candidate) votes += 1;
  }
  return 2 * votes > WINDOW ? candidate : -1;
}
