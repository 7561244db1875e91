import { besselDirect } from './besselDirect';
import { besselPolynomials, PIECES_PER_UNIT, TABULATED, TERMS } from './besselPolynomials';

/**
 * Bessel function of the first kind of order 1, to 1e-13 absolute; see `besselPolynomials`.
 *
 * @param x any finite number
 */
export function besselJ1(x: number): number {
  const size = Math.abs(x);
  const sign = x < 0 ? -1 : 1;
  if (!(size < TABULATED)) return sign * besselDirect(1, size);
  const piece = Math.round(PIECES_PER_UNIT * size);
  const coefficients = besselPolynomials(piece);
  const from = TERMS * piece;
  const beyond = size - piece / PIECES_PER_UNIT;
  let slope = 0;
  for (let k = TERMS - 1; k >= 1; k--) slope = slope * beyond + k * coefficients[from + k]!;
  return -sign * slope;
}
