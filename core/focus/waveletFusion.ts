import { complexDaubechies } from './complexDaubechies';
import { majorityFilter } from './majorityFilter';
import { createSelection, maximumModulus, type CoefficientSelection } from './maximumModulus';
import { mirrorPad, mirrorPadding } from './mirrorPad';
import type { PlaneBatch } from './planePasses';
import type { ComplexArray } from './polynomialRoots';
import { workingPlane } from './StoredPlane';
import { subBandConsistency } from './subBandConsistency';
import { waveletBands } from './waveletBands';
import type { WaveletPlan } from './waveletPlan';
import { waveletAnalysis } from './waveletAnalysis';
import { waveletSynthesis } from './waveletSynthesis';

/** Stands where the checks left a choice as it was; no plane has this number. */
const UNCHANGED = 65_535;

/** Coefficients by their place in the Mallat layout. */
export interface PlacedCoefficients extends ComplexArray {
  readonly places: Uint32Array<ArrayBuffer>;
}

interface Planned {
  readonly plan: WaveletPlan;
}

/** Selects the coefficients of largest modulus among some planes. */
export function competingCoefficients({
  planes,
  z,
  plan,
}: PlaneBatch & Planned): CoefficientSelection {
  const analyse = analyser(plan, plan.scales);
  const selection = createSelection(plan.padded.width * plan.padded.height);
  planes.forEach((plane, k) => {
    const coefficients = analyse(workingPlane(plane).data);
    if (k > 0) return maximumModulus(selection, coefficients, z + k);
    selection.re.set(coefficients.re);
    selection.im.set(coefficients.im);
    selection.planeIndex.fill(z);
  });
  return selection;
}

/**
 * Makes neighbouring choices consistent.
 *
 * @returns the plane that is wanted at each place where that is another one than before
 */
export function consistentChoices({
  selection,
  plan,
}: Planned & {
  readonly selection: CoefficientSelection;
}): Uint16Array<ArrayBuffer> {
  const { padded, checkedScales, subBandCheck, majorityCheck } = plan;
  const wanted = selection.planeIndex.slice();
  for (const bands of waveletBands(padded.width, padded.height, checkedScales)) {
    if (subBandCheck) subBandConsistency({ ...selection, planeIndex: wanted }, padded.width, bands);
    if (!majorityCheck) continue;
    for (const band of bands) majorityFilter(wanted, padded.width, band);
  }
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === selection.planeIndex[i]) wanted[i] = UNCHANGED;
  }
  return wanted;
}

/** The coefficients of some planes at the places where they are wanted. */
export function chosenCoefficients({
  planes,
  z,
  wanted,
  plan,
}: PlaneBatch & Planned & { readonly wanted: Uint16Array }): PlacedCoefficients {
  const analyse = analyser(plan, plan.checkedScales);
  const places = placesOf(wanted, z, planes.length);
  const chosen = {
    places,
    re: new Float64Array(places.length),
    im: new Float64Array(places.length),
  };
  planes.forEach((plane, k) => {
    const { re, im } = analyse(workingPlane(plane).data);
    places.forEach((place, n) => {
      if (wanted[place] !== z + k) return;
      chosen.re[n] = re[place];
      chosen.im[n] = im[place];
    });
  });
  return chosen;
}

/** The fused values, row-major (y, x), of the size of a plane; uses the selection up. */
export function fusedValues({
  selection,
  plan,
}: Planned & {
  readonly selection: CoefficientSelection;
}): Float64Array<ArrayBuffer> {
  const { width, height, padded } = plan;
  const filter = complexDaubechies(plan.filterLength);
  waveletSynthesis(selection, padded.width, padded.height, filter, plan.scales);
  const { left, top } = mirrorPadding(width, height, padded.width, padded.height);
  const cropped = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * padded.width + left;
    cropped.set(selection.re.subarray(start, start + width), y * width);
  }
  return cropped;
}

/** Transforms planes of one size; each result holds until the next. */
function analyser(
  { width, height, padded, filterLength }: WaveletPlan,
  scales: number,
): (data: Float32Array) => ComplexArray {
  const { samples, coefficients, run } = waveletAnalysis(
    padded.width,
    padded.height,
    complexDaubechies(filterLength),
  );
  const padding = mirrorPadding(width, height, padded.width, padded.height);
  return (data) => {
    mirrorPad(data, width, padding, samples);
    run(scales);
    return coefficients;
  };
}

/** Places that want one of `count` planes from `z` on. */
function placesOf(wanted: Uint16Array, z: number, count: number): Uint32Array<ArrayBuffer> {
  const isWanted = (plane: number): boolean => plane >= z && plane < z + count;
  let length = 0;
  for (let i = 0; i < wanted.length; i++) if (isWanted(wanted[i])) length++;
  const places = new Uint32Array(length);
  for (let i = 0, n = 0; n < length; i++) if (isWanted(wanted[i])) places[n++] = i;
  return places;
}
