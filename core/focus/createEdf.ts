import { complexWaveletEdf } from './complexWaveletEdf';
import type { EdfAccumulator, EdfMethod } from './EdfAccumulator';
import { localVariance } from './localVariance';
import { sharpestPixelEdf } from './sharpestPixelEdf';
import { smoothHeightMap } from './smoothHeightMap';
import { sobelMagnitude } from './sobelMagnitude';
import type { ComplexWaveletOptions } from './waveletFusion';

/** Choices of a fusion; the wavelet ones count for the method 'complexWavelet' only. */
export interface EdfOptions extends ComplexWaveletOptions {
  /** @default 'complexWavelet' */
  readonly method?: EdfMethod;
  /** Side of the window of the method 'variance', odd. @default 5 */
  readonly varianceWindowPx?: number;
  /** What is done to the height map at the end; the fused image keeps its values. @default 'none' */
  readonly heightSmoothing?: 'none' | 'median3';
}

/**
 * Starts an extended-depth-of-field fusion that takes its planes one at a time.
 *
 * @param width number of columns of every plane, at least 1
 * @param height number of rows of every plane, at least 1
 * @throws RangeError for impossible sizes or options
 */
export function createEdf(width: number, height: number, options: EdfOptions = {}): EdfAccumulator {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`Planes of ${width} x ${height} pixels cannot be fused.`);
  }
  const edf = edfOfMethod(width, height, options);
  if ((options.heightSmoothing ?? 'none') === 'none') return edf;
  return {
    ...edf,
    finish: () => {
      const result = edf.finish();
      return { ...result, heightMap: smoothHeightMap(result.heightMap) };
    },
  };
}

function edfOfMethod(width: number, height: number, options: EdfOptions): EdfAccumulator {
  const { method = 'complexWavelet', varianceWindowPx = 5 } = options;
  switch (method) {
    case 'complexWavelet':
      return complexWaveletEdf(width, height, options);
    case 'variance':
      return sharpestPixelEdf(width, height, localVariance(width, height, varianceWindowPx));
    case 'sobel':
      return sharpestPixelEdf(width, height, sobelMagnitude(width, height));
    case 'pluginSobel':
      return sharpestPixelEdf(width, height, sobelMagnitude(width, height, 'plugin'));
  }
}
