import type { PixelArray } from '#core/image/PixelType';
import { lineRoom, simdWorkspace } from '#core/util/simd/simdWorkspace';
import { BINOMIAL_LINES } from './binomialFilter';
import { halfSize, halve, type ImageSize } from '#core/image/halved';
import { meanOf } from '#core/util/meanOf';

/** Smoothing before the gradient of each band in pixels, finest first; 0 is the plane as measured. */
export const BAND_SIGMAS_PX = [0, 0.71, 1.66, 2.96] as const;

/** A difference at half the resolution spans twice the distance. */
const HALF_SHARE = 1 / 4;

/** Squared gradients of a plane at four scales, all averaged to half the resolution. */
export interface FocusBands {
  /** Size of the maps. */
  readonly half: ImageSize;
  /**
   * The sum of `weights[b]` times the squared gradient of band b, row-major (y, x), of size `half`; it holds
   * until the next call.
   */
  energies(data: PixelArray, weights: readonly number[]): Float32Array;
  /** Mean squared gradient of each band. */
  meanEnergies(data: PixelArray): number[];
}

/**
 * Prepares the bands for planes of one size; the two coarser ones are measured at half the resolution,
 * which holds all of their detail. The finest has the diagonal differences of the plane itself, the
 * others central differences after binomial smoothing. Borders are mirrored.
 */
export function focusBands(size: ImageSize): FocusBands {
  const { width, height } = size;
  const half = halfSize(size);
  const { kernels, arrays } = simdWorkspace({
    image: ['float32', width * height],
    coarser: ['float32', half.width * half.height],
    sums: ['float32', half.width * half.height],
    lines: ['float32', BINOMIAL_LINES * lineRoom(width)],
  });
  const { image, coarser, sums, lines } = arrays;
  const smooth = (at: number, { width, height }: ImageSize, radius: 1 | 3): void =>
    kernels.binomial(at, at, width, height, radius, lines.at);
  const visit = (
    data: PixelArray,
    take: (band: number, add: (weight: number) => void) => void,
  ): void => {
    const full = [image.at, width, height] as const;
    const ends = [sums.at, lines.at] as const;
    const addHalf = (weight: number): void =>
      kernels.addCentralEnergyOfPixels(
        coarser.at,
        half.width,
        half.height,
        weight * HALF_SHARE,
        ...ends,
      );
    image.values.set(data);
    take(0, (weight) => kernels.addDiagonalEnergy(...full, weight, ...ends));
    smooth(image.at, size, 1);
    take(1, (weight) => kernels.addCentralEnergy(...full, weight, ...ends));
    halve(image.values, size, coarser.values);
    smooth(coarser.at, half, 1);
    take(2, addHalf);
    smooth(coarser.at, half, 3);
    take(3, addHalf);
  };
  return {
    half,
    energies: (data, weights) => {
      sums.values.fill(0);
      visit(data, (band, add) => add(weights[band]));
      return sums.values;
    },
    meanEnergies: (data) => {
      const means: number[] = [];
      visit(data, (_, add) => {
        sums.values.fill(0);
        add(1);
        means.push(meanOf(sums.values));
      });
      return means;
    },
  };
}

/** What white noise of variance 1 gives as mean squared gradient in each band: the energy of a dot. */
export function bandNoiseGains(): number[] {
  const side = 64;
  const dot = new Float32Array(side * side);
  dot[(side / 2) * side + side / 2] = 1;
  const { meanEnergies } = focusBands({ width: side, height: side });
  return meanEnergies(dot).map((mean) => mean * side * side);
}
