import { besselDirect } from './besselDirect';
import { besselPolynomials, PIECES_PER_UNIT, TABULATED, TERMS } from './besselPolynomials';

/**
 * Bessel function of the first kind of order 0, to 1e-13 absolute; see `besselPolynomials`.
 *
 * @param x any finite number
 */
export function besselJ0(x: number): number {
  const size = Math.abs(x);
  if (!(size < TABULATED)) return besselDirect(0, size);
  const piece = Math.round(PIECES_PER_UNIT * size);
  const coefficients = besselPolynomials(piece);
  const from = TERMS * piece;
  const beyond = size - piece / PIECES_PER_UNIT;
  // Even and odd powers apart, as two sums take as long as one.
  const square = beyond * beyond;
  let even = 0;
  let odd = 0;
  for (let k = from + TERMS - 2; k >= from; k -= 2) {
    even = even * square + coefficients[k]!;
    odd = odd * square + coefficients[k + 1]!;
  }
  return even + beyond * odd;
}
