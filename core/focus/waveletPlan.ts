import type { ComplexDaubechiesLength } from './complexDaubechies';
import { paddedSize, type PaddedSize } from './paddedSize';

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

/** A wavelet fusion of planes of one size, all choices made. */
export interface WaveletPlan {
  readonly width: number;
  readonly height: number;
  /** Size that the planes are mirrored to. */
  readonly padded: PaddedSize;
  readonly filterLength: ComplexDaubechiesLength;
  readonly scales: number;
  readonly subBandCheck: boolean;
  readonly majorityCheck: boolean;
  /** How many of the finest scales the checks look at. */
  readonly checkedScales: number;
}

/**
 * Plans the wavelet fusion of planes of `width` x `height` pixels. Images other than squares of
 * a power-of-two side are mirrored at their borders.
 *
 * @throws RangeError for a number of scales that is impossible
 */
export function waveletPlan(
  width: number,
  height: number,
  options: ComplexWaveletOptions,
): WaveletPlan {
  const padded = paddedSize(width, height);
  const { filterLength = 14, scales = padded.levels } = options;
  const { subBandCheck = true, majorityCheck = true } = options;
  if (!Number.isInteger(scales) || scales < 0 || scales > padded.levels) {
    throw new RangeError(`The number of scales must be a whole number from 0 to ${padded.levels}.`);
  }
  const checkedScales = subBandCheck || majorityCheck ? Math.min(CHECKED_SCALES, scales) : 0;
  const choices = {
    filterLength,
    scales,
    subBandCheck,
    majorityCheck,
    checkedScales,
  };
  return { width, height, padded, ...choices };
}
