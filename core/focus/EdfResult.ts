import type { Plane } from '#core/image/Plane';

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
