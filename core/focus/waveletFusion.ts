import { complexDaubechies } from './complexDaubechies';
import { majorityFilter } from './majorityFilter';
import { createSelection, maximumModulus, type CoefficientSelection } from './maximumModulus';
import { mirrorPad, mirrorPadding } from './mirrorPad';
import type { PlaneBatch } from './planePasses';
import type { ComplexArray } from './polynomialRoots';
import { subBandConsistency } from './subBandConsistency';
import { waveletBands } from './waveletBands';
import type { WaveletPlan } from './waveletPlan';
import { waveletTransform } from './waveletTransform';

/** Stands where the checks left a choice as it was; no plane has this number. */
const UNCHANGED = 65_535;

/** Coefficients by their place in the Mallat layout. */
export interface PlacedCoefficients extends ComplexArray {
  readonly places: Uint32Array<ArrayBuffer>;
}

interface Planned {
  readonly plan: WaveletPlan;
}

/** What `competingCoefficients` finds. */
export interface Competition {
  readonly selection: CoefficientSelection;
  /** The coefficients of every plane, when they are kept. */
  readonly kept: readonly ComplexArray[];
}

/**
 * Selects the coefficients of largest modulus among some planes.
 *
 * @param input `keep` gives the coefficients of all planes, too, in new arrays
 */
export function competingCoefficients({
  planes,
  z,
  plan,
  keep,
}: PlaneBatch & Planned & { readonly keep: boolean }): Competition {
  const length = plan.padded.width * plan.padded.height;
  const analyse = analyser(plan, plan.scales);
  const selection = createSelection(length);
  selection.planeIndex.fill(z);
  analyse(planes[0].data, selection);
  const kept = keep ? [{ re: selection.re.slice(), im: selection.im.slice() }] : [];
  if (planes.length === 1) return { selection, kept };
  let coefficients = emptyCoefficients(length);
  for (let k = 1; k < planes.length; k++) {
    if (keep && k > 1) coefficients = emptyCoefficients(length);
    analyse(planes[k].data, coefficients);
    maximumModulus(selection, coefficients, z + k);
    if (keep) kept.push(coefficients);
  }
  return { selection, kept };
}

function emptyCoefficients(length: number): ComplexArray {
  return { re: new Float64Array(length), im: new Float64Array(length) };
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

/** Takes the wanted coefficients from those of all planes, which were kept. */
export function takeKept(
  selection: CoefficientSelection,
  wanted: Uint16Array,
  kept: readonly ComplexArray[],
): void {
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === UNCHANGED) continue;
    selection.re[i] = kept[wanted[i]].re[i];
    selection.im[i] = kept[wanted[i]].im[i];
  }
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
  const { re, im } = emptyCoefficients(wanted.length);
  planes.forEach(({ data }, k) => {
    analyse(data, { re, im });
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
  waveletTransform(padded.width, padded.height, filter).inverse(selection, plan.scales);
  const { left, top } = mirrorPadding(width, height, padded.width, padded.height);
  const cropped = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * padded.width + left;
    cropped.set(selection.re.subarray(start, start + width), y * width);
  }
  return cropped;
}

/** Transforms planes of one size. */
function analyser(
  { width, height, padded, filterLength }: WaveletPlan,
  scales: number,
): (data: Float32Array, out: ComplexArray) => void {
  const transform = waveletTransform(padded.width, padded.height, complexDaubechies(filterLength));
  const padding = mirrorPadding(width, height, padded.width, padded.height);
  const image = new Float32Array(padded.width * padded.height);
  return (data, out) => {
    mirrorPad(data, width, padding, image);
    transform.forward(image, out, scales);
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
