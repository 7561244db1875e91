import type { PlaneBatch } from './planePasses';
import { BELOW, coefficientTable, OFFSETS, REACHES, STEPS, tableKey } from './sampleWeights';
import { workingPlane } from './StoredPlane';

/** Estimates of the image on a surface of focus, from the planes seen so far; arrays are row-major (y, x). */
export interface SurfaceSampling {
  readonly width: number;
  /** One image per reach along z, the longest first. */
  readonly images: readonly Float32Array<ArrayBuffer>[];
  /** Which weights the planes around each pixel have. */
  readonly keys: Uint16Array<ArrayBuffer>;
  /** See `coefficientTable`. */
  readonly table: Float64Array<ArrayBuffer>;
  /** The pixels in the order of the planes beneath the surface; a plane reaches few of them. */
  readonly places: Uint32Array<ArrayBuffer>;
  /** Where those of each plane start, and an end. */
  readonly starts: Uint32Array<ArrayBuffer>;
}

/**
 * Prepares estimates of the image on a surface, over a long, a middle and a short reach along z.
 *
 * @param input plane numbers with fractions, row-major (y, x); number of columns; number of planes
 */
export function beginSampling({
  surface,
  width,
  planeCount,
}: {
  readonly surface: Float32Array;
  readonly width: number;
  readonly planeCount: number;
}): SurfaceSampling {
  const length = surface.length;
  const bases = new Uint16Array(length);
  const keys = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    const steps = Math.round(Math.min(Math.max(surface[i], 0), planeCount - 1) * STEPS);
    const base = Math.floor(steps / STEPS);
    bases[i] = base;
    keys[i] = tableKey(base, planeCount - 1 - base, steps % STEPS);
  }
  const images = REACHES.map(() => new Float32Array(length));
  return { width, images, keys, table: coefficientTable(), ...sortedByBase(bases, planeCount) };
}

/** Adds planes to the estimates, which are changed in place and given back. */
export function sampleSurface({
  sampling,
  planes,
  z: first,
}: PlaneBatch & { readonly sampling: SurfaceSampling }): SurfaceSampling {
  const { places, starts, keys, table, images } = sampling;
  planes.forEach((plane, k) => {
    const { data } = workingPlane(plane);
    for (let offset = 0; offset < OFFSETS; offset++) {
      const base = first + k + BELOW - offset;
      if (base < 0 || base >= starts.length - 1) continue;
      const chosen = places.subarray(starts[base], starts[base + 1]);
      addWeighted(data, chosen, offset, keys, table, images);
    }
  });
  return sampling;
}

function sortedByBase(
  bases: Uint16Array,
  planeCount: number,
): Pick<SurfaceSampling, 'places' | 'starts'> {
  const starts = new Uint32Array(planeCount + 1);
  for (let i = 0; i < bases.length; i++) starts[bases[i] + 1] += 1;
  for (let z = 0; z < planeCount; z++) starts[z + 1] += starts[z];
  const next = starts.slice();
  const places = new Uint32Array(bases.length);
  for (let i = 0; i < bases.length; i++) places[next[bases[i]]++] = i;
  return { places, starts };
}

/** Adds a plane to the estimates of pixels that it lies `offset` planes above the lowest one of. */
function addWeighted(
  data: Float32Array,
  places: Uint32Array,
  offset: number,
  keys: Uint16Array,
  table: Float64Array,
  [long, middle, short]: readonly Float32Array[],
): void {
  for (let k = 0; k < places.length; k++) {
    const i = places[k];
    const at = keys[i] * REACHES.length * OFFSETS + offset;
    const value = data[i];
    long[i] += table[at] * value;
    middle[i] += table[at + OFFSETS] * value;
    short[i] += table[at + 2 * OFFSETS] * value;
  }
}
