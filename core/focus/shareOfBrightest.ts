/**
 * Every value as a share of the largest one in the square around it.
 *
 * @param values row-major (y, x) values of 0 or more
 * @param width number of columns
 * @param reachPx half of the square's side less the pixel itself
 * @returns 0 to 1; 0 where all values around are 0
 */
export function shareOfBrightest(
  values: Float32Array,
  width: number,
  reachPx: number,
): Float32Array<ArrayBuffer> {
  const height = values.length / width;
  const maxima = values.slice();
  for (let y = 0; y < height; y++) spreadMaxima(maxima, y * width, 1, width, reachPx);
  for (let x = 0; x < width; x++) spreadMaxima(maxima, x, width, height, reachPx);
  for (let i = 0; i < maxima.length; i++) maxima[i] = maxima[i] > 0 ? values[i] / maxima[i] : 0;
  return maxima;
}

/** Replaces each value of a line by the largest one within `reach` of it. */
function spreadMaxima(
  values: Float32Array,
  start: number,
  stride: number,
  length: number,
  reach: number,
): void {
  const line = new Float32Array(length);
  for (let k = 0; k < length; k++) line[k] = values[start + k * stride];
  for (let k = 0; k < length; k++) {
    const end = Math.min(k + reach, length - 1);
    let largest = 0;
    for (let i = Math.max(k - reach, 0); i <= end; i++) if (line[i] > largest) largest = line[i];
    values[start + k * stride] = largest;
  }
}
