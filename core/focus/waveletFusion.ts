import type { Plane } from '#core/image/Plane';
import { complexDaubechies, type ComplexDaubechiesLength } from './complexDaubechies';
import { majorityFilter } from './majorityFilter';
import { createSelection, maximumModulus, type CoefficientSelection } from './maximumModulus';
import { mirrorPad, mirrorPadding, type MirrorPadding } from './mirrorPad';
import { paddedSize } from './paddedSize';
import type { ComplexArray } from './polynomialRoots';
import { subBandConsistency } from './subBandConsistency';
import { waveletBands } from './waveletBands';
import { waveletTransform } from './waveletTransform';

/** The checks look at this many of the finest scales. */
const CHECKED_SCALES = 3;

/** Choices of the wavelet fusion. */
export interface ComplexWaveletOptions {
  /** Number of filter taps; 14 is what the papers used. @default 14 */
  readonly filterLength?: ComplexDaubechiesLength;
  /** Number of wavelet scales. @default as many as the padded image allows */
  readonly scales?: number;
  /** Let the three detail bands of a scale agree on a plane. @default true */
  readonly subBandCheck?: boolean;
  /** Let the neighbours of a coefficient outvote it. @default true */
  readonly majorityCheck?: boolean;
}

/** The wavelet side of a fusion; memory is that of about six planes in double precision. */
export interface WaveletFusion {
  /** True when the checks may move choices to other planes, so that `collect` has to see all planes. */
  readonly checked: boolean;
  /** Lets the coefficients of plane `z` compete; the earlier plane wins ties. */
  compete(plane: Plane, z: number): void;
  /** Makes neighbouring choices consistent. */
  check(): void;
  /** Takes the coefficients of plane `z` where the checks chose it. */
  collect(plane: Plane, z: number): void;
  /** The fused values, row-major (y, x), of the size of a plane; ends the fusion. */
  fuse(): Float64Array<ArrayBuffer>;
}

/**
 * Prepares the wavelet fusion of planes of one size. Images other than squares of a power-of-two
 * side are mirrored at their borders.
 *
 * @param width number of columns of every plane
 * @param height number of rows of every plane
 * @throws RangeError for a filter length or a number of scales that is impossible
 */
export function waveletFusion(
  width: number,
  height: number,
  options: ComplexWaveletOptions,
): WaveletFusion {
  const size = paddedSize(width, height);
  const { filterLength = 14, scales = size.levels } = options;
  const { subBandCheck = true, majorityCheck = true } = options;
  if (!Number.isInteger(scales) || scales < 0 || scales > size.levels) {
    throw new RangeError(`The number of scales must be a whole number from 0 to ${size.levels}.`);
  }
  const transform = waveletTransform(size.width, size.height, complexDaubechies(filterLength));
  const padding = mirrorPadding(width, height, size.width, size.height);
  const length = size.width * size.height;
  const image = new Float32Array(length);
  const coefficients = {
    re: new Float64Array(length),
    im: new Float64Array(length),
  };
  const selection = createSelection(length);
  const checkedScales = subBandCheck || majorityCheck ? Math.min(CHECKED_SCALES, scales) : 0;
  const analyse = (plane: Plane, levels: number): void => {
    mirrorPad(plane, padding, image);
    transform.forward(image, coefficients, levels);
  };
  return {
    checked: checkedScales > 0,
    compete: (plane, z) => {
      analyse(plane, scales);
      maximumModulus(selection, coefficients, z);
    },
    check: () => {
      for (const bands of waveletBands(size.width, size.height, checkedScales)) {
        if (subBandCheck) subBandConsistency(selection, size.width, bands);
        if (!majorityCheck) continue;
        for (const band of bands) majorityFilter(selection.planeIndex, size.width, band);
      }
    },
    collect: (plane, z) => {
      analyse(plane, checkedScales);
      collectChosen(selection, coefficients, z, size.width, checkedScales);
    },
    fuse: () => {
      transform.inverse(selection, scales);
      return cropCentre(selection.re, padding, width, height);
    },
  };
}

/** Copies the coefficients of plane `z` to where the checks chose it, in the finest scales. */
function collectChosen(
  { re, im, planeIndex }: CoefficientSelection,
  candidate: ComplexArray,
  z: number,
  width: number,
  scales: number,
): void {
  const height = planeIndex.length / width;
  const coarseWidth = width >> scales;
  const coarseHeight = height >> scales;
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    for (let i = y * width + (y < coarseHeight ? coarseWidth : 0); i < end; i++) {
      if (planeIndex[i] === z) {
        re[i] = candidate.re[i];
        im[i] = candidate.im[i];
      }
    }
  }
}

function cropCentre(
  values: Float64Array,
  { left, top, columns }: MirrorPadding,
  width: number,
  height: number,
): Float64Array<ArrayBuffer> {
  const cropped = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * columns.length + left;
    cropped.set(values.subarray(start, start + width), y * width);
  }
  return cropped;
}
