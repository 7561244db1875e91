import type { LevelSize } from '#core/image/PlaneSource';
import type { Plane } from '#core/image/Plane';
import { resampleWeights, type Interpolation, type ResampleWeights } from './resampleWeights';

/**
 * Scales a plane to another size in pixels, columns first, then rows; see `resampleWeights` for
 * positions, borders and what happens when the image gets smaller. Cubic interpolation can pass the
 * range of the input. A NaN spreads to the pixels that it has a weight in.
 *
 * @param size whole numbers, at least 1
 */
export function resizePlane(plane: Plane, size: LevelSize, how: Interpolation): Plane {
  const { width, height } = size;
  const columns = resizeColumns(plane, width, resampleWeights(plane.width, width, how));
  const rows = resampleWeights(plane.height, height, how);
  return { width, height, data: resizeRows(columns, width, height, rows) };
}

function resizeColumns(
  { width: from, height, data }: Plane,
  width: number,
  { first, starts, weights }: ResampleWeights,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * from;
    for (let x = 0; x < width; x++) {
      const offset = row + first[x] - starts[x];
      let sum = 0;
      for (let k = starts[x]; k < starts[x + 1]; k++) sum += weights[k] * data[offset + k];
      out[y * width + x] = sum;
    }
  }
  return out;
}

function resizeRows(
  data: Float32Array,
  width: number,
  height: number,
  { first, starts, weights }: ResampleWeights,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(width * height);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let k = starts[y]; k < starts[y + 1]; k++) {
      const weight = weights[k];
      const row = (first[y] + k - starts[y]) * width;
      for (let x = 0; x < width; x++) sums[x] += weight * data[row + x];
    }
    out.set(sums, y * width);
  }
  return out;
}
