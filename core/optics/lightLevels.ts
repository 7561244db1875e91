import { orderStatistic } from './orderStatistic';
import type { SimulationOptions } from './SimulationOptions';

/** Share of the pixels of a well-filled stack above which the bright parts begin. */
const BRIGHT_SHARE = 0.01;

/** The same for the maximum projection of a stack that is mostly dark. */
const SPARSE_BRIGHT_SHARE = 0.005;

/** Factors from rendered light to photoelectrons. */
export interface LightLevels {
  readonly image: number;
  readonly haze: number;
}

/**
 * Finds the factors that give the bright parts of a stack the asked photoelectrons.
 *
 * @param images rendered planes, row-major (y, x)
 * @param haze blurred mean of the images, or `null`
 */
export function lightLevels(
  options: SimulationOptions,
  images: readonly Float32Array[],
  haze: Float32Array | null,
): LightLevels {
  const { photons, haze: hazeShare = 0 } = options.light;
  const bright =
    options.specimen.kind === 'nuclei'
      ? exceededBy(images, BRIGHT_SHARE)
      : exceededBy([maximumProjection(images)], SPARSE_BRIGHT_SHARE);
  return {
    image: photons / (bright || 1),
    haze: haze ? (hazeShare * photons) / (haze.reduce((a, b) => Math.max(a, b), 0) || 1) : 0,
  };
}

function exceededBy(images: readonly Float32Array[], share: number): number {
  const count = images.reduce((sum, image) => sum + image.length, 0);
  return orderStatistic(images, Math.max(0, Math.ceil((1 - share) * count) - 1));
}

function maximumProjection(images: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const projection = new Float32Array(images[0]!.length);
  for (const image of images) {
    for (let i = 0; i < projection.length; i++) {
      if (image[i]! > projection[i]!) projection[i] = image[i]!;
    }
  }
  return projection;
}
