import { mirrorIndex } from './splineFilter';

/** Squared differences of a filtered plane's neighbours that white noise of variance 1 brings, raw and smoothed. */
const NOISE_GRADIENT = 1;
const SMOOTHED_NOISE_GRADIENT = 2 * (84 / 32 ** 2) * (70 / 16 ** 2);
/** Noise that makes up less than this share of the gradient is not worth a closer look. */
const LEAST_NOISE_SHARE = 0.05;
/**
 * Smoothing must leave less than this share of the variance: for less, planes stay as they are, and the result
 * is StackReg's to its last digit of meaning.
 */
const WORTHWHILE = 0.9;

/**
 * Smooths a plane (binomial, sigma 1 px) where that is expected to make its registration more precise.
 *
 * Least squares follows the gradient of a noisy plane, which points nowhere where noise makes it. For white noise
 * the variance of a shift goes as B / A^2: A, the squared gradient of the structure alone, and B, that of the whole
 * plane, filtered twice as often. Smoothing lowers B at once and A only where the structure is fine. Clean
 * planes come back as they are.
 *
 * @param samples row-major (y, x); not changed
 * @returns `samples` itself, or a smoothed copy
 * Source: the variance of a least-squares shift, Robinson & Milanfar 2004, doi:10.1109/TIP.2004.832923,
 * with the noise of the gradient kept; noise level by Immerkaer 1996, doi:10.1006/cviu.1996.0060.
 */
export function smoothAgainstNoise(
  samples: Float64Array,
  width: number,
  height: number,
): Float64Array {
  const variance = noiseVariance(samples, width, height);
  const whole = squaredGradient(samples, width, height);
  if (variance * NOISE_GRADIENT < LEAST_NOISE_SHARE * whole) return samples;
  const scratch = new Float32Array(samples.length);
  const smooth = new Float64Array(samples.length);
  binomial(samples, width, height, scratch, smooth);
  const once = squaredGradient(smooth, width, height);
  const again = new Float32Array(samples.length);
  binomial(smooth, width, height, scratch, again);
  const twice = squaredGradient(again, width, height);
  const structure = Math.max(0, whole - variance * NOISE_GRADIENT);
  const smoothStructure = Math.max(0, once - variance * SMOOTHED_NOISE_GRADIENT);
  const better = twice * structure ** 2 < WORTHWHILE * whole * smoothStructure ** 2;
  return better ? smooth : samples;
}

/** Variance of the noise, from the mean size of what no linear or separable structure leaves. */
function noiseVariance(samples: Float64Array, width: number, height: number): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      sum += Math.abs(
        4 * samples[i] -
          2 * (samples[i - 1] + samples[i + 1] + samples[i - width] + samples[i + width]) +
          samples[i - width - 1] +
          samples[i - width + 1] +
          samples[i + width - 1] +
          samples[i + width + 1],
      );
    }
  }
  const mean = sum / ((width - 2) * (height - 2));
  return ((Math.PI / 2) * mean * mean) / 36;
}

/** Mean squared central difference, both directions together. */
function squaredGradient(
  samples: Float64Array | Float32Array,
  width: number,
  height: number,
): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const across = samples[i + 1] - samples[i - 1];
      const down = samples[i + width] - samples[i - width];
      sum += across * across + down * down;
    }
  }
  return sum / (4 * (width - 2) * (height - 2));
}

/** [1 4 6 4 1] / 16 along both axes, mirrored at the borders; `rows` holds what is between. */
function binomial(
  samples: Float64Array,
  width: number,
  height: number,
  rows: Float32Array,
  smooth: Float64Array | Float32Array,
): void {
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const inside = x >= 2 && x + 2 < width;
      const at = (k: number): number => samples[row + mirrorIndex(x + k, width)];
      rows[row + x] = inside
        ? (6 * samples[row + x] +
            4 * (samples[row + x - 1] + samples[row + x + 1]) +
            samples[row + x - 2] +
            samples[row + x + 2]) /
          16
        : (6 * at(0) + 4 * (at(-1) + at(1)) + at(-2) + at(2)) / 16;
    }
  }
  for (let y = 0; y < height; y++) {
    const [above2, above, below, below2] = [-2, -1, 1, 2].map(
      (k) => mirrorIndex(y + k, height) * width,
    );
    for (let x = 0, i = y * width; x < width; x++, i++) {
      smooth[i] =
        (6 * rows[i] +
          4 * (rows[above + x] + rows[below + x]) +
          rows[above2 + x] +
          rows[below2 + x]) /
        16;
    }
  }
}
