import { simdWorkspace } from '#core/util/simd/simdWorkspace';
import type { ComplexArray } from './polynomialRoots';

/** Lines that the kernels filter together. */
const GROUP = 8;

/** A separable, periodic, decimated wavelet transform of real samples of one size. */
export interface WaveletAnalysis {
  /** The samples to transform, row-major (y, x); written by whoever asks for the transform. */
  readonly samples: Float32Array<ArrayBuffer>;
  /**
   * What the last transform gave, in Mallat order: after s levels the residual low-pass band is the
   * top-left rectangle of width >> s by height >> s. The next transform writes over it.
   */
  readonly coefficients: ComplexArray;
  /**
   * Transforms the samples.
   *
   * @param levels number of levels
   * @throws RangeError when the sizes cannot be halved so often
   */
  run(levels: number): void;
}

/**
 * Prepares the two-dimensional analysis by a symmetric complex wavelet, rows first. Along each line
 * low[k] = sum_m h[m] x[2k + m - L/2] and high[k] = sum_m g[m] x[2k + m - L/2], where h is symmetric and
 * g[m] = (-1)^m conj(h[m]).
 *
 * @param width number of columns
 * @param height number of rows
 * @param filter low-pass taps as from `complexDaubechies`
 * @see Mallat S., IEEE Trans. Pattern Analysis 11, 1989, doi:10.1109/34.192463
 */
export function waveletAnalysis(
  width: number,
  height: number,
  filter: ComplexArray,
): WaveletAnalysis {
  const length = filter.re.length;
  const halfTaps = pairedTaps(filter);
  const { kernels, arrays } = simdWorkspace({
    samples: ['float32', width * height],
    re: ['float64', width * height],
    im: ['float64', width * height],
    taps: ['float64', halfTaps.length],
    lines: ['float64', 4 * GROUP * (Math.max(width, height) + length)],
  });
  const { samples, re, im, taps, lines } = arrays;
  taps.values.set(halfTaps);
  const filterAt = [taps.at, halfTaps.length / 2, length, lines.at] as const;
  return {
    samples: samples.values,
    coefficients: { re: re.values, im: im.values },
    run: (levels) => {
      requireLevels(width, height, levels);
      if (levels === 0) {
        re.values.set(samples.values);
        im.values.fill(0);
        return;
      }
      kernels.analyseRealRows(samples.at, re.at, im.at, width, height, ...filterAt);
      kernels.analyseColumns(re.at, im.at, width, width, height, ...filterAt);
      for (let level = 1; level < levels; level++) {
        const [columns, rows] = [width >> level, height >> level];
        kernels.analyseRows(re.at, im.at, width, columns, rows, ...filterAt);
        kernels.analyseColumns(re.at, im.at, width, columns, rows, ...filterAt);
      }
    },
  };
}

function requireLevels(width: number, height: number, levels: number): void {
  const divisor = 2 ** levels;
  if (width % divisor !== 0 || height % divisor !== 0) {
    throw new RangeError(`${width} x ${height} samples cannot be halved ${levels} times.`);
  }
}

/** The first half of the taps, real and imaginary part in turns; zeros make their number even. */
function pairedTaps({ re, im }: ComplexArray): Float64Array {
  const pairs = re.length >> 1;
  const taps = new Float64Array(4 * Math.ceil(pairs / 2));
  for (let m = 0; m < pairs; m++) {
    taps[2 * m] = re[m];
    taps[2 * m + 1] = im[m];
  }
  return taps;
}
