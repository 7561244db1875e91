import type { ComplexArray } from './polynomialRoots';

/** The coefficients chosen so far and the plane each came from, in Mallat order. */
export interface CoefficientSelection {
  readonly re: Float64Array<ArrayBuffer>;
  readonly im: Float64Array<ArrayBuffer>;
  readonly planeIndex: Uint16Array<ArrayBuffer>;
}

/** A selection of `length` coefficients, empty. */
export function createSelection(length: number): CoefficientSelection {
  return {
    re: new Float64Array(length),
    im: new Float64Array(length),
    planeIndex: new Uint16Array(length),
  };
}

/**
 * Keeps, coefficient by coefficient, the one of larger modulus; the earlier plane wins ties.
 *
 * @param selection changed in place
 * @param candidate coefficients of plane `z`, or a selection from later planes
 */
export function maximumModulus(
  selection: CoefficientSelection,
  candidate: ComplexArray | CoefficientSelection,
  z = 0,
): void {
  const { re, im, planeIndex } = selection;
  const { re: newRe, im: newIm } = candidate;
  const planes = 'planeIndex' in candidate ? candidate.planeIndex : null;
  for (let i = 0; i < re.length; i++) {
    const a = newRe[i];
    const b = newIm[i];
    if (a * a + b * b > re[i] * re[i] + im[i] * im[i]) {
      re[i] = a;
      im[i] = b;
      planeIndex[i] = planes ? planes[i] : z;
    }
  }
}
