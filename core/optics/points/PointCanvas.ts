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

/** Numbers that describe a spot to the kernels, before its profile; see kernels/points.ts. */
const SPOT_NUMBERS = 9;

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
  /** What `addEquations` adds to; see `NormalEquations`. */
  readonly sums: Float64Array<ArrayBuffer>;
  private readonly kernels: Kernels;
  private readonly arrays: {
    readonly [K in 'rest' | 'weights' | 'spot' | 'above']: SimdArray<Float32Array<ArrayBuffer>>;
  } & { readonly sums: SimdArray<Float64Array<ArrayBuffer>> };
  /** Bytes from a plane to the next. */
  private readonly stride: number;

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
      spot: ['float32', SPOT_NUMBERS + columns],
      above: ['float32', columns],
      sums: ['float64', EQUATION_SUMS],
    });
    const part = ({ values }: { values: Float32Array<ArrayBuffer> }, p: number) =>
      values.subarray(p * room, p * room + length);
    const { spot, above, sums } = arrays;
    spot.values.set([size.width, size.height, aspect, ENTRIES_PER_PX, columns - 2]);
    this.size = size;
    this.kernels = kernels;
    this.arrays = arrays;
    this.stride = room * Float32Array.BYTES_PER_ELEMENT;
    this.profile = spot.values.subarray(SPOT_NUMBERS);
    this.above = above.values;
    this.sums = sums.values;
    this.planes = zUm.map((z, p) => ({
      zUm: z,
      rest: part(arrays.rest, p),
      weights: part(arrays.weights, p),
    }));
  }

  /** Adds a spot of the present profile to what has not been explained of a plane. */
  add(plane: number, spot: Spot): void {
    this.kernels.addSpot(this.arrays.rest.at + plane * this.stride, this.described(spot));
  }

  /** By how much the weighted squares of what has not been explained of a plane fall with a spot. */
  explained(plane: number, spot: Spot): number {
    const [rest, weights] = this.addressesOf(plane);
    return this.kernels.explainedBySpot(rest, weights, this.described(spot));
  }

  /**
   * Adds to `sums` what Gauss-Newton steps of a spot follow from, of what has not been explained of a plane.
   *
   * @param deltaUm how much higher `above` is than the present profile
   */
  addEquations(plane: number, spot: Spot, deltaUm: number): void {
    const [rest, weights] = this.addressesOf(plane);
    const { above, sums } = this.arrays;
    const at = this.described(spot);
    this.kernels.addSpotEquations(rest, weights, at, above.at, 1 / deltaUm, sums.at);
  }

  private addressesOf(plane: number): readonly [number, number] {
    const { rest, weights } = this.arrays;
    return [rest.at + plane * this.stride, weights.at + plane * this.stride];
  }

  /** The address of a spot in the memory of the kernels. */
  private described({ xPx, yPx, radiusPx, light }: Spot): number {
    const { at, values } = this.arrays.spot;
    const place = SPOT_NUMBERS - 4;
    values[place] = xPx;
    values[place + 1] = yPx;
    values[place + 2] = radiusPx;
    values[place + 3] = light;
    return at;
  }
}
