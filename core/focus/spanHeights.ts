/** Weight of a height that counts fully, against a bend of one plane per pixel. */
const FULL_WEIGHT = 1000;
/** Weight of a height that does not count: it holds the surface only where nothing else does for 30 pixels. */
const LEAST_WEIGHT = 1e-3;
/** A height of half the trust weighs sixteen times less: halos are dim, but have some detail of their own. */
const STEEPNESS = 4;
const SWEEPS = 40;
const OVER_RELAXATION = 1.8;

/**
 * Spans a surface like a membrane between the heights that count: minimises
 * sum w (H - h)^2 + sum |grad H|^2 by red-black over-relaxation, starting from the heights themselves.
 *
 * @param heights row-major (y, x) heights; changed in place
 * @param trust 0 to 1 for each height
 * @param width number of columns
 */
export function spanHeights(heights: Float32Array, trust: Float32Array, width: number): void {
  const rows = heights.length / width;
  const given = heights.slice();
  const weights = trust.map((share) => LEAST_WEIGHT + FULL_WEIGHT * share ** STEEPNESS);
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep++) {
    for (let y = 0; y < rows; y++) {
      const row = y * width;
      for (let x = (y + sweep) & 1; x < width; x += 2) {
        const i = row + x;
        let sum = weights[i] * given[i];
        let total = weights[i];
        if (x > 0) {
          sum += heights[i - 1];
          total += 1;
        }
        if (x < width - 1) {
          sum += heights[i + 1];
          total += 1;
        }
        if (y > 0) {
          sum += heights[i - width];
          total += 1;
        }
        if (y < rows - 1) {
          sum += heights[i + width];
          total += 1;
        }
        heights[i] += OVER_RELAXATION * (sum / total - heights[i]);
      }
    }
  }
}
