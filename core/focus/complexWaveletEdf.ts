import type { Plane } from '#core/image/Plane';
import { complexDaubechies, type ComplexDaubechiesLength } from './complexDaubechies';
import type { EdfAccumulator } from './EdfAccumulator';
import { majorityFilter } from './majorityFilter';
import { createSelection, maximumModulus, type CoefficientSelection } from './maximumModulus';
import { mirrorPad, mirrorPadding } from './mirrorPad';
import { paddedSize } from './paddedSize';
import { passCounter } from './passCounter';
import { reassignment, type Reassignment } from './reassignment';
import { subBandConsistency } from './subBandConsistency';
import { waveletBands } from './waveletBands';
import { waveletTransform } from './waveletTransform';

/** The checks look at this many of the finest scales. */
const CHECKED_SCALES = 3;

export interface ComplexWaveletOptions {
  /** Number of filter taps: fewer follow fine height steps better, more suppress noise better. @default 14 */
  readonly filterLength?: ComplexDaubechiesLength;
  /** Number of wavelet scales. @default as many as the padded image allows */
  readonly scales?: number;
  /** Let the three detail bands of a scale agree on a plane. @default true */
  readonly subBandCheck?: boolean;
  /** Let the neighbours of a coefficient outvote it. @default true */
  readonly majorityCheck?: boolean;
}

/**
 * Extended depth of field by complex wavelets: the coefficient of largest modulus wins at each place
 * and scale, neighbouring choices are made consistent, and each fused pixel becomes the closest
 * measured value. Three passes: choose, collect what the checks changed, reassign; two without checks.
 * Images other than squares of a power-of-two side are mirrored at their borders.
 *
 * @param width number of columns of every plane
 * @param height number of rows of every plane
 * @throws RangeError for a filter length or a number of scales that is impossible
 * @see Forster B., Van De Ville D., Berent J., Sage D., Unser M., Complex wavelets for extended
 * depth-of-field, Microscopy Research and Technique 65, 2004, doi:10.1002/jemt.20092
 */
export function complexWaveletEdf(
  width: number,
  height: number,
  options: ComplexWaveletOptions = {},
): EdfAccumulator {
  const padded = paddedSize(width, height);
  const {
    filterLength = 14,
    scales = padded.levels,
    subBandCheck = true,
    majorityCheck = true,
  } = options;
  if (!Number.isInteger(scales) || scales < 0 || scales > padded.levels) {
    throw new RangeError(`The number of scales must be a whole number from 0 to ${padded.levels}.`);
  }
  const transform = waveletTransform(padded.width, padded.height, complexDaubechies(filterLength));
  const padding = mirrorPadding(width, height, padded.width, padded.height);
  const length = padded.width * padded.height;
  const image = new Float32Array(length);
  const coefficients = { re: new Float64Array(length), im: new Float64Array(length) };
  const selection = createSelection(length);
  const checkedScales = subBandCheck || majorityCheck ? Math.min(CHECKED_SCALES, scales) : 0;
  const passes = checkedScales > 0 ? 3 : 2;
  const counter = passCounter(width, height, passes);
  let unassigned: Float64Array<ArrayBuffer> | null = null;
  let closest: Reassignment | null = null;

  const analyse = (plane: Plane, levels: number): void => {
    mirrorPad(plane, padding, image);
    transform.forward(image, coefficients, levels);
  };
  const fuse = (): void => {
    transform.inverse(selection, scales);
    unassigned = cropReal(selection.re, padded.width, padding.left, padding.top, width, height);
    closest = reassignment(unassigned, width, height);
  };
  const check = (): void => {
    for (const bands of waveletBands(padded.width, padded.height, checkedScales)) {
      if (subBandCheck) subBandConsistency(selection, padded.width, bands);
      if (majorityCheck) {
        for (const band of bands) majorityFilter(selection.planeIndex, padded.width, band);
      }
    }
  };
  return {
    passes,
    add: (plane, z) => {
      counter.accept(plane, z);
      if (counter.pass === passes - 1) {
        closest?.offer(plane, z);
      } else if (counter.pass === 0) {
        analyse(plane, scales);
        maximumModulus(selection, coefficients, z);
      } else {
        analyse(plane, checkedScales);
        collectChosen(selection, coefficients, z, padded.width, padded.height, checkedScales);
      }
    },
    endPass: () => {
      counter.endPass();
      if (counter.pass === 1 && checkedScales > 0) check();
      if (counter.pass === passes - 1) fuse();
    },
    finish: () => {
      counter.requireFinished();
      if (!unassigned || !closest) throw new RangeError('The fusion has no planes.');
      return {
        fused: closest.fused,
        heightMap: closest.heightMap,
        unassigned: { width, height, data: Float32Array.from(unassigned) },
      };
    },
  };
}

/** Copies the coefficients of plane `z` to where the checks chose it, in the finest scales. */
function collectChosen(
  selection: CoefficientSelection,
  { re, im }: { readonly re: Float64Array; readonly im: Float64Array },
  z: number,
  width: number,
  height: number,
  scales: number,
): void {
  const coarseWidth = width >> scales;
  const coarseHeight = height >> scales;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let i = row + (y < coarseHeight ? coarseWidth : 0); i < row + width; i++) {
      if (selection.planeIndex[i] === z) {
        selection.re[i] = re[i];
        selection.im[i] = im[i];
      }
    }
  }
}

function cropReal(
  re: Float64Array,
  stride: number,
  left: number,
  top: number,
  width: number,
  height: number,
): Float64Array<ArrayBuffer> {
  const cropped = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * stride + left;
    cropped.set(re.subarray(start, start + width), y * width);
  }
  return cropped;
}
