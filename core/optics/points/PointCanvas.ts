import type { LevelSize } from '#core/image/PlaneSource';
import type { Kernels } from '#core/util/simd/Kernels';
import { simdWorkspace, type SimdArray } from '#core/util/simd/simdWorkspace';
import { ENTRIES_PER_PX } from './pointSpreadTable';

/** A plane with what has not been explained of it yet. */
export interface PointPlane {
  readonly zUm: number;
  /** Row-major (y, x). */
  readonly rest: Float32Array<ArrayBuffer>;
  /** One over the variance of each pixel. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** A round spot of light. */
export interface Spot {
  /** Its middle, in pixels from the middle of the first pixel. */
  readonly xPx: number;
  readonly yPx: number;
  /** How far it reaches, in pixels along x. */
  readonly radiusPx: number;
  /** Times what the profile says. */
  readonly light: number;
}

/** Numbers of the normal equations of a spot; see `NormalEquations`. */
export const EQUATION_SUMS = 15;

/** Kernels write whole vectors: numbers that may be touched behind an image. */
const SPARE = 4;

/** Planes in the memory of the kernels, on which round spots are drawn: what has not been explained of an image. */
export class PointCanvas {
  readonly size: LevelSize;
  /** All 0 in the beginning. */
  readonly planes: readonly PointPlane[];
  /** Light of a spot by distance from its middle, `ENTRIES_PER_PX` for each pixel. */
  readonly profile: Float32Array<ArrayBuffer>;
  /** The same a little higher. */
  readonly above: Float32Array<ArrayBuffer>;
  private readonly kernels: Kernels;
  private readonly arrays: {
    readonly [K in 'rest' | 'weights' | 'profile' | 'above']: SimdArray<Float32Array<ArrayBuffer>>;
  };
  private readonly sums: SimdArray<Float64Array<ArrayBuffer>>;
  /** Bytes from a plane to the next. */
  private readonly stride: number;
  /** Pixels along x in the height of a pixel. */
  private readonly aspect: number;

  /**
   * @param zUm heights of the planes, in micrometres
   * @param columns entries of a profile
   * @param aspect how many times as high as wide a pixel is
   */
  constructor(
    size: LevelSize,
    zUm: readonly number[],
    { columns, aspect }: { readonly columns: number; readonly aspect: number },
  ) {
    const length = size.width * size.height;
    const room = length + SPARE;
    const { kernels, arrays } = simdWorkspace({
      rest: ['float32', zUm.length * room],
      weights: ['float32', zUm.length * room],
      profile: ['float32', columns],
      above: ['float32', columns],
      sums: ['float64', EQUATION_SUMS],
    });
    const part = ({ values }: { values: Float32Array<ArrayBuffer> }, p: number) =>
      values.subarray(p * room, p * room + length);
    this.size = size;
    this.aspect = aspect;
    this.kernels = kernels;
    this.arrays = arrays;
    this.stride = room * Float32Array.BYTES_PER_ELEMENT;
    this.sums = arrays.sums;
    this.profile = arrays.profile.values;
    this.above = arrays.above.values;
    this.planes = zUm.map((z, p) => ({
      zUm: z,
      rest: part(arrays.rest, p),
      weights: part(arrays.weights, p),
    }));
  }

  /** Adds a spot of the present profile to what has not been explained of a plane. */
  add(plane: number, { xPx, yPx, radiusPx, light }: Spot): void {
    const { width, height } = this.size;
    const { rest, profile } = this.arrays;
    const last = profile.values.length - 2;
    this.kernels.addSpot(
      ...([rest.at + plane * this.stride, width, height] as const),
      ...([profile.at, last, ENTRIES_PER_PX, xPx, yPx, this.aspect, radiusPx, light] as const),
    );
  }

  /** By how much the weighted squares of what has not been explained of a plane fall with a spot. */
  explained(plane: number, { xPx, yPx, radiusPx, light }: Spot): number {
    const { width, height } = this.size;
    const { rest, weights, profile } = this.arrays;
    const [at, last] = [plane * this.stride, profile.values.length - 2];
    return this.kernels.explainedBySpot(
      ...([rest.at + at, weights.at + at, width, height] as const),
      ...([profile.at, last, ENTRIES_PER_PX, xPx, yPx, this.aspect, radiusPx, light] as const),
    );
  }

  /**
   * Adds to sums what Gauss-Newton steps of a spot follow from, of what has not been explained of a plane.
   *
   * @param deltaUm how much higher `above` is than the present profile
   */
  addEquations(
    plane: number,
    { xPx, yPx, radiusPx, light }: Spot,
    deltaUm: number,
    sums: Float64Array,
  ): void {
    const { width, height } = this.size;
    const { rest, weights, profile, above } = this.arrays;
    const [at, last] = [plane * this.stride, profile.values.length - 2];
    this.sums.values.set(sums);
    this.kernels.addSpotEquations(
      ...([rest.at + at, weights.at + at, width, height, profile.at, above.at, last] as const),
      ...([ENTRIES_PER_PX, xPx, yPx, this.aspect, radiusPx, light, 1 / deltaUm] as const),
      this.sums.at,
    );
    sums.set(this.sums.values);
  }
}
