import { complexWaveletEdf } from './complexWaveletEdf';
import type { EdfAccumulator, EdfMethod } from './EdfAccumulator';
import { focusSurfaceEdf } from './focusSurfaceEdf';
import { laplacianEnergy } from './laplacianEnergy';
import { localVariance } from './localVariance';
import { sharpestPixelEdf } from './sharpestPixelEdf';
import { sobelMagnitude } from './sobelMagnitude';
import type { ComplexWaveletOptions } from './waveletFusion';

/** Choices of a fusion; the wavelet ones count for the method 'complexWavelet' only. */
export interface EdfOptions extends ComplexWaveletOptions {
  /** @default 'complexWavelet' */
  readonly method?: EdfMethod;
  /** Side of the window of the methods 'variance' and 'laplacian' in pixels, odd. @default 5 */
  readonly windowPx?: number;
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
  const { method = 'complexWavelet', windowPx = 5 } = options;
  switch (method) {
    case 'focusSurface':
      return focusSurfaceEdf(width, height);
    case 'complexWavelet':
      return complexWaveletEdf(width, height, options);
    case 'variance':
      return sharpestPixelEdf(width, height, localVariance(width, height, windowPx));
    case 'sobel':
      return sharpestPixelEdf(width, height, sobelMagnitude(width, height));
    case 'laplacian':
      return sharpestPixelEdf(width, height, laplacianEnergy(width, height, windowPx));
    case 'pluginSobel':
      return sharpestPixelEdf(width, height, sobelMagnitude(width, height, 'plugin'));
  }
}
