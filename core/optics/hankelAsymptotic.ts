/** Where the series still shrinks at the arguments it is used for (20 and more). */
const MAX_TERMS = 40;

/**
 * Hankel's asymptotic expansion of the Bessel function J of order 0 or 1, summed to its
 * smallest term (Abramowitz & Stegun 1964, 9.2.5 to 9.2.10).
 *
 * @param order order of the function
 * @param x argument, 20 or more for full precision
 */
export function hankelAsymptotic(order: 0 | 1, x: number): number {
  const mu = 4 * order * order;
  let term = 1;
  let even = 1;
  let odd = 0;
  for (let k = 1; k < MAX_TERMS; k++) {
    const factor = (mu - (2 * k - 1) ** 2) / (k * 8 * x);
    if (Math.abs(factor) >= 1) break;
    term *= factor;
    if (Math.abs(term) < 1e-18) break;
    // The signs run + + - - over the terms of order 0, 1, 2, 3 (modulo 4).
    const signed = k % 4 < 2 ? term : -term;
    if (k % 2 === 0) even += signed;
    else odd += signed;
  }
  const c = Math.cos(x) * Math.SQRT1_2;
  const s = Math.sin(x) * Math.SQRT1_2;
  const cosine = order === 0 ? c + s : s - c;
  const sine = order === 0 ? s - c : -c - s;
  return Math.sqrt(2 / (Math.PI * x)) * (even * cosine - odd * sine);
}
