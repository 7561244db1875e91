import { hankelAsymptotic } from './hankelAsymptotic';

/** Below this argument the power series loses at most three of sixteen digits. */
const SERIES_LIMIT = 8;

/** Above this argument the smallest term of the asymptotic series is below 1e-16. */
const ASYMPTOTIC_LIMIT = 20;

/** Points of the trapezoid rule on a quarter turn; its error is 2 J_55(20) < 1e-16. */
const QUARTER_POINTS = 14;

/**
 * Bessel function of the first kind of order 0 or 1, to 1e-13 absolute.
 *
 * Power series, trapezoid rule on Bessel's integral, or Hankel's expansion, by the size of x
 * (Abramowitz & Stegun 1964, 9.1.10, 9.1.18, 9.1.21, 9.2.5).
 *
 * @param x 0 or more
 */
export function besselDirect(order: 0 | 1, x: number): number {
  if (x < SERIES_LIMIT) return series(order, x);
  if (x < ASYMPTOTIC_LIMIT) return integral(order, x);
  return hankelAsymptotic(order, x);
}

function series(order: 0 | 1, x: number): number {
  const square = -0.25 * x * x;
  let term = order === 0 ? 1 : 0.5 * x;
  let sum = term;
  for (let k = 1; Math.abs(term) > 1e-18; k++) {
    term *= square / (k * (k + order));
    sum += term;
  }
  return sum;
}

function integral(order: 0 | 1, x: number): number {
  let sum = 0;
  for (let k = 0; k < QUARTER_POINTS; k++) {
    const cosine = Math.cos(((k + 0.5) * Math.PI) / (2 * QUARTER_POINTS));
    sum += order === 0 ? Math.cos(x * cosine) : cosine * Math.sin(x * cosine);
  }
  return sum / QUARTER_POINTS;
}
