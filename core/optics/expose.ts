import type { Random } from '#core/util/random';

/** How a camera turns light into numbers. */
export interface CameraOptions {
  /** Grey levels that darkness gives. @default 100 */
  readonly offset?: number;
  /** Grey levels per photoelectron. @default 1 */
  readonly gain?: number;
  /** Standard deviation of the read noise, in electrons. @default 1.5 */
  readonly readNoiseElectrons?: number;
  /** Bits per sample, 8 to 16; brighter light saturates. @default 16 */
  readonly bitDepth?: number;
}

/** One exposure: what the camera gave, and what an endless exposure would give, in grey levels. */
export interface Exposure {
  readonly noisy: Uint16Array<ArrayBuffer>;
  readonly clean: Float32Array<ArrayBuffer>;
}

/**
 * Exposes one plane: Poisson noise of the photoelectrons, normal read noise, gain, offset, rounding
 * and saturation. The variance of a pixel is gain^2 (electrons + readNoise^2) + 1/12.
 *
 * @param electrons expected photoelectrons of each pixel, 0 or more
 * @param random source of the noise
 * @returns the noisy plane, and the noise-free expectation before rounding and saturation
 * @throws RangeError when an option makes no sense
 */
export function expose(electrons: Float32Array, options: CameraOptions, random: Random): Exposure {
  const { offset = 100, gain = 1, readNoiseElectrons = 1.5, bitDepth = 16 } = options;
  if (!(gain > 0) || !(readNoiseElectrons >= 0) || !(offset >= 0)) {
    throw new RangeError(
      'A camera needs a positive gain, and an offset and read noise of 0 or more.',
    );
  }
  if (!Number.isInteger(bitDepth) || bitDepth < 1 || bitDepth > 16) {
    throw new RangeError(`A camera of ${bitDepth} bits makes no sense; 1 to 16 do.`);
  }
  const largest = 2 ** bitDepth - 1;
  const noisy = new Uint16Array(electrons.length);
  const clean = new Float32Array(electrons.length);
  for (let i = 0; i < electrons.length; i++) {
    const mean = electrons[i]!;
    clean[i] = offset + gain * mean;
    const read = random.poisson(mean) + readNoiseElectrons * random.normal();
    noisy[i] = Math.max(0, Math.min(largest, Math.round(offset + gain * read)));
  }
  return { noisy, clean };
}
