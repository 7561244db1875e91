/** Complex numbers as parallel arrays of real and imaginary parts. */
export interface ComplexArray {
  readonly re: Float64Array<ArrayBuffer>;
  readonly im: Float64Array<ArrayBuffer>;
}

const MAX_ITERATIONS = 500;

/**
 * All complex roots of a real polynomial, by simultaneous iteration.
 *
 * @param coefficients real coefficients, constant term first; the last one is not 0
 * @returns one root per degree, in no particular order, to about machine precision for simple roots
 * @throws RangeError when the leading coefficient is 0 or the iteration does not settle
 * @see Durand E., Solutions numeriques des equations algebriques, 1960; Kerner I. O.,
 * Numerische Mathematik 8, 1966, doi:10.1007/BF02162564
 */
export function polynomialRoots(coefficients: readonly number[]): ComplexArray {
  const degree = coefficients.length - 1;
  const leading = coefficients[degree];
  if (leading === undefined || leading === 0 || !Number.isFinite(leading)) {
    throw new RangeError('A polynomial needs a finite leading coefficient other than 0.');
  }
  const monic = Float64Array.from(coefficients, (value) => value / leading);
  const roots = startingPoints(monic);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (refineRoots(monic, roots) < 4 * Number.EPSILON) return roots;
  }
  throw new RangeError('The roots of the polynomial could not be found.');
}

/** Points on a circle that holds all roots, turned so that none lies on the real axis. */
function startingPoints(monic: Float64Array): ComplexArray {
  const degree = monic.length - 1;
  let radius = 0;
  for (let k = 0; k < degree; k++) {
    radius = Math.max(radius, Math.abs(monic[k]) ** (1 / (degree - k)));
  }
  const re = new Float64Array(degree);
  const im = new Float64Array(degree);
  for (let k = 0; k < degree; k++) {
    const angle = (2 * Math.PI * k) / degree + 0.4;
    re[k] = radius * Math.cos(angle);
    im[k] = radius * Math.sin(angle);
  }
  return { re, im };
}

/** One sweep over all roots; returns the largest step relative to its root. */
function refineRoots(monic: Float64Array, roots: ComplexArray): number {
  const { re, im } = roots;
  let largestStep = 0;
  for (let k = 0; k < re.length; k++) {
    const zRe = re[k];
    const zIm = im[k];
    const [valueRe, valueIm] = evaluate(monic, zRe, zIm);
    const [productRe, productIm] = differencesProduct(roots, k);
    const norm = productRe * productRe + productIm * productIm;
    const stepRe = (valueRe * productRe + valueIm * productIm) / norm;
    const stepIm = (valueIm * productRe - valueRe * productIm) / norm;
    re[k] = zRe - stepRe;
    im[k] = zIm - stepIm;
    const size = Math.hypot(zRe, zIm);
    largestStep = Math.max(largestStep, Math.hypot(stepRe, stepIm) / Math.max(size, 1e-300));
  }
  return largestStep;
}

/** Value of the polynomial at one complex point (Horner). */
function evaluate(monic: Float64Array, zRe: number, zIm: number): [number, number] {
  let re = 0;
  let im = 0;
  for (let k = monic.length - 1; k >= 0; k--) {
    const nextRe = re * zRe - im * zIm + monic[k];
    im = re * zIm + im * zRe;
    re = nextRe;
  }
  return [re, im];
}

/** Product of the differences between root `k` and all the others. */
function differencesProduct(roots: ComplexArray, k: number): [number, number] {
  let re = 1;
  let im = 0;
  for (let other = 0; other < roots.re.length; other++) {
    if (other === k) continue;
    const dRe = roots.re[k] - roots.re[other];
    const dIm = roots.im[k] - roots.im[other];
    const nextRe = re * dRe - im * dIm;
    im = re * dIm + im * dRe;
    re = nextRe;
  }
  return [re, im];
}
