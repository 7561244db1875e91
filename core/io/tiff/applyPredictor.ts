/**
 * Replaces each sample of a row by its difference to the one on its left, in place (TIFF predictor 2).
 * Differences wrap around.
 *
 * @param samples whole rows, row-major (y, x)
 * @param width samples in a row
 */
export function applyPredictor(
  samples: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
  width: number,
): void {
  for (let start = 0; start < samples.length; start += width) {
    const end = Math.min(start + width, samples.length);
    for (let i = end - 1; i > start; i--) samples[i] -= samples[i - 1];
  }
}
