/** Reach along z of the three estimates of a value, in planes; the widest is the quietest. */
export const REACHES = [2.5, 1.5, 1] as const;
/** Planes around the surface that any estimate uses: from 2 below the one beneath it to 3 above. */
export const BELOW = 2;
const ABOVE = 3;
/** How many planes these are; the first is `BELOW` planes below the one beneath the surface. */
export const OFFSETS = BELOW + ABOVE + 1;
/** Heights are taken in this many steps per plane. */
export const STEPS = 64;
const KEYS = (BELOW + 1) * (ABOVE + 1) * STEPS;
/** Keeps the fit sane where all planes in reach are equally far from focus. */
const RIDGE = 0.005;

/**
 * Weights of the planes around the surface, for every key, reach and offset. Near focus, blur changes
 * a value with the square of the distance z - h from the surface: I(z) = T + A (z - h)^2, and a weighted
 * sum of the planes around it gives T.
 */
export function coefficientTable(): Float64Array<ArrayBuffer> {
  const table = new Float64Array(KEYS * REACHES.length * OFFSETS);
  for (let below = 0; below <= BELOW; below++) {
    for (let above = 0; above <= ABOVE; above++) {
      for (let step = 0; step < STEPS; step++) {
        REACHES.forEach((reach, r) => {
          const weights = fitWeights(step / STEPS, below, above, reach);
          const row = tableKey(below, above, step) * REACHES.length + r;
          table.set(weights, row * OFFSETS);
        });
      }
    }
  }
  return table;
}

/** Row of the coefficient table for planes that lie `below` and `above` the base plane. */
export function tableKey(below: number, above: number, step: number): number {
  return (Math.min(below, BELOW) * (ABOVE + 1) + Math.min(above, ABOVE)) * STEPS + step;
}

/** For every key the variance of the difference of two neighbouring estimates for noise of variance 1. */
export function differenceGains(table: Float64Array, step: number): Float64Array {
  return Float64Array.from({ length: KEYS }, (_, key) => {
    const start = (key * REACHES.length + step) * OFFSETS;
    let sum = 0;
    for (let k = start; k < start + OFFSETS; k++) sum += (table[k] - table[k - OFFSETS]) ** 2;
    return sum;
  });
}

/** Weights that give T of the weighted least-squares fit of T + A d^2. */
function fitWeights(fraction: number, below: number, above: number, reach: number): Float64Array {
  const squares = new Float64Array(OFFSETS);
  const weights = squares.map((_, k) => {
    const offset = k - BELOW;
    const distance = Math.abs(offset - fraction);
    squares[k] = distance * distance;
    if (offset < -below || offset > above) return 0;
    return Math.min(Math.max(reach + 0.5 - distance, 0), 1);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = weights.reduce((sum, weight, k) => sum + weight * squares[k], 0) / total;
  const spread = weights.reduce((sum, weight, k) => sum + weight * (squares[k] - mean) ** 2, RIDGE);
  return weights.map((weight, k) => weight * (1 / total - ((squares[k] - mean) * mean) / spread));
}
