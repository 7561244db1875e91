import { besselDirect } from './besselDirect';

/** Polynomials for each unit of the argument; each serves half the way to the next. */
export const PIECES_PER_UNIT = 4;

/** Coefficients of each. What is left out of J0 and of its slope is below (1/8)^9 / 9!, 2e-14. */
export const TERMS = 10;

/** Arguments from here on have none. */
export const TABULATED = 2048;

let known = new Float64Array(0);

/**
 * Taylor polynomials of the Bessel function J0 about the multiples of a quarter, made when they are first asked for:
 * optics takes the function a million times, and ten products are faster than any series. J1 is the slope with its sign
 * turned.
 *
 * Of Bessel's equation x y'' + y' + x y = 0 about x, with c_k for the k-th coefficient, follows
 * x (k + 1) (k + 2) c_(k+2) = -(k + 1)^2 c_(k+1) - x c_k - c_(k-1).
 *
 * @param piece number of the polynomial that is needed
 * @returns `TERMS` coefficients of each, from the constant on
 */
export function besselPolynomials(piece: number): Float64Array {
  if (TERMS * (piece + 1) <= known.length) return known;
  const count = Math.max(piece + 1, (2 * known.length) / TERMS);
  const grown = new Float64Array(TERMS * count);
  grown.set(known);
  for (let i = known.length / TERMS; i < count; i++) {
    fill(grown.subarray(TERMS * i, TERMS * (i + 1)), i / PIECES_PER_UNIT);
  }
  known = grown;
  return grown;
}

function fill(c: Float64Array, x: number): void {
  c[0] = besselDirect(0, x);
  c[1] = -besselDirect(1, x);
  if (x === 0) {
    for (let k = 2; k < TERMS; k++) c[k] = -c[k - 2]! / (k * k);
    return;
  }
  for (let k = 0; k + 2 < TERMS; k++) {
    const others = (k + 1) ** 2 * c[k + 1]! + x * c[k]! + (c[k - 1] ?? 0);
    c[k + 2] = -others / (x * (k + 1) * (k + 2));
  }
}
