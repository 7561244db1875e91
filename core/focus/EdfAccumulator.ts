import type { Plane } from '#core/image/Plane';

/**
 * How the sharpest value is found: along one fitted surface of focus, by complex wavelet coefficients,
 * local variance, local gradient or local Laplacian.
 * 'pluginSobel' repeats a fault of the EPFL plugin's gradient, for comparison with that program only.
 */
export type EdfMethod =
  'focusSurface' | 'complexWavelet' | 'variance' | 'sobel' | 'laplacian' | 'pluginSobel';

/** For every pixel the plane it came from, counted from 0 (other programs count from 1). Row-major (y, x). */
export interface HeightMap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint16Array<ArrayBuffer>;
}

/** Result of an extended-depth-of-field fusion; all images have the size of the planes. */
export interface EdfResult {
  /** The all-in-focus image. Every value was measured in some plane, but for 'focusSurface', which fits. */
  readonly fused: Plane;
  readonly heightMap: HeightMap;
  /** Heights with fractions of a plane, for methods that look between planes; otherwise `null`. */
  readonly surface: Plane | null;
  /** The wavelet fusion before reassignment; `null` for methods that only select. */
  readonly unassigned: Plane | null;
}

/**
 * A fusion that sees one plane at a time. It may need several passes over the same planes:
 *
 *     for (let pass = 0; pass < edf.passes; pass++) {
 *       for (let z = 0; z < planeCount; z++) edf.add(planes[z], z);
 *       edf.endPass();
 *     }
 *     const result = edf.finish();
 *
 * Memory is that of a few planes, however many are added.
 */
export interface EdfAccumulator {
  /** How often all planes have to be added. */
  readonly passes: number;
  /**
   * Adds plane `z`. Each pass takes the same planes, z = 0, 1, 2 ... in order.
   *
   * @throws AxialError ImpossibleRequestError when the plane holds NaN or infinite values, or differs in size
   * @throws RangeError when planes come in another order or after the last pass
   */
  add(plane: Plane, z: number): void;
  /** Ends a pass; @throws RangeError when planes are missing. */
  endPass(): void;
  /** The result, once all passes have ended. */
  finish(): EdfResult;
}
