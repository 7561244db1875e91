import type { Plane } from '#core/image/Plane';
import { laplacianEnergy } from './laplacianEnergy';
import { localVariance } from './localVariance';
import type { PlaneBatch } from './planePasses';
import type { SharpnessRows } from './sharpnessRows';
import { sobelMagnitude } from './sobelMagnitude';
import { workingPlane } from './StoredPlane';

/** What is compared between planes; `pluginSobel` is for comparison with the EPFL plugin only. */
export type SharpnessMeasure = 'variance' | 'laplacian' | 'sobel' | 'pluginSobel';

/** The sharpest plane of every pixel among some planes; arrays are row-major (y, x). */
export interface SharpestPixels {
  readonly sharpness: Float32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
  readonly planeIndex: Uint16Array<ArrayBuffer>;
}

/**
 * Takes each pixel from the plane where a local sharpness is largest; the earlier plane wins ties.
 *
 * @param input planes that follow each other, the measure, and its window in pixels where it has one
 */
export function sharpestPixels(
  input: PlaneBatch & {
    readonly measure: SharpnessMeasure;
    readonly windowPx: number;
  },
): SharpestPixels {
  const { planes, z, measure, windowPx } = input;
  const { width, height } = planes[0];
  const sharpness = sharpnessOf(measure, width, height, windowPx);
  const best = nothingSharp(width * height);
  planes.forEach((stored, k) => {
    const plane = workingPlane(stored);
    sharpness(plane, (row, y) => keepSharper(best, row, y * width, plane, z + k));
  });
  return best;
}

/** No plane yet. */
export function nothingSharp(length: number): SharpestPixels {
  return {
    sharpness: new Float32Array(length).fill(-Infinity),
    values: new Float32Array(length),
    planeIndex: new Uint16Array(length),
  };
}

/** Joins what later planes gave to what earlier ones did, in place. */
export function joinSharpest(earlier: SharpestPixels, later: SharpestPixels): void {
  for (let i = 0; i < earlier.values.length; i++) {
    if (later.sharpness[i] > earlier.sharpness[i]) {
      earlier.sharpness[i] = later.sharpness[i];
      earlier.values[i] = later.values[i];
      earlier.planeIndex[i] = later.planeIndex[i];
    }
  }
}

function keepSharper(
  { sharpness, values, planeIndex }: SharpestPixels,
  row: Float32Array,
  start: number,
  { data }: Plane,
  z: number,
): void {
  for (let x = 0, i = start; x < row.length; x++, i++) {
    if (row[x] > sharpness[i]) {
      sharpness[i] = row[x];
      values[i] = data[i];
      planeIndex[i] = z;
    }
  }
}

function sharpnessOf(
  measure: SharpnessMeasure,
  width: number,
  height: number,
  windowPx: number,
): SharpnessRows {
  switch (measure) {
    case 'variance':
      return localVariance(width, height, windowPx);
    case 'laplacian':
      return laplacianEnergy(width, height, windowPx);
    case 'sobel':
      return sobelMagnitude(width, height);
    case 'pluginSobel':
      return sobelMagnitude(width, height, 'plugin');
  }
}
