import { AxialError } from '#core/util/errors';
import { complexWaveletEdf } from './complexWaveletEdf';
import type { EdfResult } from './EdfResult';
import { edfWork, type EdfWork } from './edfWork';
import { focusSurfaceEdf } from './focusSurfaceEdf';
import { planePasses } from './planePasses';
import { sharpestPixelEdf } from './sharpestPixelEdf';
import type { SharpnessMeasure } from './sharpestPixels';
import type { StoredPlane } from './StoredPlane';
import type { ComplexWaveletOptions } from './waveletPlan';

/**
 * How the sharpest value is found: along one fitted surface of focus, by complex wavelet coefficients,
 * local variance, local gradient or local Laplacian.
 * 'pluginSobel' repeats a fault of the EPFL plugin's gradient, for comparison with that program only.
 */
export type EdfMethod = 'focusSurface' | 'complexWavelet' | SharpnessMeasure;

/** Choices of a fusion; the wavelet ones count for the method 'complexWavelet' only. */
export interface FusePlanesOptions extends ComplexWaveletOptions {
  /** @default 'complexWavelet' */
  readonly method?: EdfMethod;
  /** Side of the window of the methods 'variance' and 'laplacian' in pixels, odd. @default 5 */
  readonly windowPx?: number;
  /** Who does the heavy work, for instance on other threads. @default done in place */
  readonly work?: EdfWork;
  /** How many works may be in the making at one time. @default 1 */
  readonly ahead?: number;
  readonly signal?: AbortSignal;
  /** Called with the fraction done, 0 to 1, over all passes. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Extended depth of field: fuses planes into one image that is sharp everywhere. The planes are read
 * when needed, once per pass, and few are held at a time, however many there are.
 *
 * @param planeCount number of planes, at most 65535
 * @param readPlane gives plane z, counted from 0, which is only looked at; asked again, it must give
 * the same values
 * @throws AxialError CancelledError when `signal` fires; ImpossibleRequestError when there are no
 * planes or too many, when sizes differ, or when a value is not finite
 * @throws RangeError for impossible options
 */
export async function fusePlanes(
  planeCount: number,
  readPlane: (z: number) => Promise<StoredPlane>,
  options: FusePlanesOptions = {},
): Promise<EdfResult> {
  const { method = 'complexWavelet', windowPx = 5, work = edfWork } = options;
  const { ahead = 1, signal, onProgress } = options;
  requireCount(planeCount);
  const passes = await planePasses({
    planeCount,
    readPlane,
    ahead,
    signal,
    onProgress,
  });
  switch (method) {
    case 'focusSurface':
      return focusSurfaceEdf(passes, work);
    case 'complexWavelet':
      return complexWaveletEdf(passes, work, options);
    default:
      return sharpestPixelEdf(passes, work, method, windowPx);
  }
}

function requireCount(planeCount: number): void {
  if (planeCount < 1) {
    throw new AxialError(
      'ImpossibleRequestError',
      'There are no planes to fuse.',
      'Choose a stack of at least one plane.',
    );
  }
  if (planeCount > 65_535) {
    throw new AxialError(
      'ImpossibleRequestError',
      `A stack of ${planeCount} planes cannot be fused; 65535 is the most.`,
      'Fuse a part of the stack.',
    );
  }
}
