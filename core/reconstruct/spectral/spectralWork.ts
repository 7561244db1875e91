import { linearPlane } from './linearPlane';
import { planeSpectrum } from './planeSpectrum';
import { weightedPlane } from './weightedPlane';

/** The heavy parts of an interpolation: pure functions of one structured-cloneable input, for other threads. */
export const spectralWork = { planeSpectrum, weightedPlane, linearPlane };

type Functions = typeof spectralWork;

/** Whoever does the work, at once or later; with a signal it may be given up. */
export type SpectralWork = {
  readonly [K in keyof Functions]: (
    input: Parameters<Functions[K]>[0],
    signal?: AbortSignal,
  ) => ReturnType<Functions[K]> | Promise<ReturnType<Functions[K]>>;
};
