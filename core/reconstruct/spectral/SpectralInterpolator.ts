import { choleskyFactor, solveCholesky } from '#core/util/choleskyFactor';
import { oncePer } from '#core/util/oncePer';
import { untilAborted } from '#core/util/untilAborted';
import { zInterpolationWeights } from '#core/reconstruct/zInterpolationWeights';
import { correlationAt, RINGS, type PlaneCorrelation } from '#core/image/PlaneCorrelation';
import type { LevelSize } from '#core/image/PlaneSource';
import type { PlaneSpectrum } from './planeSpectrum';
import { spectralWork, type SpectralWork } from './spectralWork';

/** A measured plane and where it lies. */
export interface SpectralInput {
  /** Row-major (y, x); values that are not finite count as 0. */
  readonly image: Float32Array;
  readonly zUm: number;
}

/** Share of the signal that counts as noise: planes are never quite as alike as the correlation says. */
const MISFIT = 0.01;

/** Rings of fewer frequencies say little about noise. */
const FEWEST = 32;

/**
 * Spectral interpolation along z: of all sums of the measured planes, weighed by lateral frequency, the one
 * that comes nearest to the plane at a height, on average over stacks whose planes are as alike as a given
 * correlation says. Coarse structure is interpolated, fine detail is taken from where it is
 * in focus, and noise is held back. How strong signal and noise are is taken from the planes themselves: the
 * weakest ring of frequencies is noise.
 *
 * This is the linear estimate of least mean square error, in z for each frequency (Wiener N.,
 * Extrapolation, Interpolation, and Smoothing of Stationary Time Series, 1949; kriging: Matheron G.,
 * Economic Geology 58, 1963, doi:10.2113/gsecongeo.58.8.1246). Means of planes are interpolated linearly.
 *
 * Spectra are kept as long as their images are, so that a further height costs one transform back.
 */
export class SpectralInterpolator {
  private readonly correlation: PlaneCorrelation;
  private readonly size: LevelSize;
  private readonly work: SpectralWork;
  private readonly spectrumOf: (image: Float32Array) => Promise<PlaneSpectrum>;

  /**
   * @param size of all planes, in pixels
   * @param work who transforms. @default the calling thread
   */
  constructor(correlation: PlaneCorrelation, size: LevelSize, work: SpectralWork = spectralWork) {
    this.correlation = correlation;
    this.size = size;
    this.work = work;
    const { width, height } = size;
    this.spectrumOf = oncePer(async (image) => work.planeSpectrum({ image, width, height }));
  }

  /**
   * The plane at a height.
   *
   * @param inputs in any order
   * @returns row-major (y, x)
   * @throws AxialError CancelledError when the signal fires
   */
  async plane(
    inputs: readonly SpectralInput[],
    targetUm: number,
    signal?: AbortSignal,
  ): Promise<Float32Array<ArrayBuffer>> {
    const zUm = inputs.map((input) => input.zUm);
    // Spectra are for all who wait for them, so that one who is cancelled is let go alone.
    const found = Promise.all(inputs.map(({ image }) => this.spectrumOf(image)));
    const spectra = await untilAborted(found, signal);
    const shares = zInterpolationWeights(zUm, targetUm, 'linear');
    return this.work.weightedPlane(
      {
        spectra: spectra.map(({ values }) => values),
        weights: this.weights(spectra, zUm, targetUm),
        mean: spectra.reduce((sum, { mean }, m) => sum + shares[m]! * mean, 0),
        width: this.size.width,
        height: this.size.height,
      },
      signal,
    );
  }

  /** For each input its weight in the middle of each ring. */
  private weights(
    spectra: readonly PlaneSpectrum[],
    zUm: readonly number[],
    targetUm: number,
  ): Float64Array[] {
    const weights = zUm.map(() => new Float64Array(RINGS));
    const power = Float64Array.from({ length: RINGS }, (_, ring) => {
      return spectra.reduce((sum, spectrum) => sum + spectrum.power[ring]!, 0) / spectra.length;
    });
    const noise = weakest(power, spectra[0]!.counts);
    for (let ring = 0; ring < RINGS; ring++) {
      const signal = Math.max(power[ring]! - noise, 1e-9 * power[ring]! + 1e-30);
      const between = (one: number, other: number): number =>
        signal * correlationAt(this.correlation, ring, one - other);
      const covariance = zUm.flatMap((one) => zUm.map((other) => between(one, other)));
      const wanted = Float64Array.from(zUm, (one) => between(one, targetUm));
      const own = solve(covariance, noise + MISFIT * signal, MISFIT * signal, wanted);
      own.forEach((weight, m) => (weights[m]![ring] = weight));
    }
    return weights;
  }
}

/** Solves (covariance + added * identity) x = wanted; where that is not positive definite, `added` grows. */
function solve(
  covariance: readonly number[],
  added: number,
  step: number,
  wanted: Float64Array,
): Float64Array {
  for (let more = added; ; more += step) {
    const matrix = Float64Array.from(covariance, (value, i) =>
      i % (wanted.length + 1) === 0 ? value + more : value,
    );
    const factor = choleskyFactor(matrix);
    if (factor) return solveCholesky(factor, wanted);
    if (more > 1e3 * added) throw new RangeError('The covariance is not positive definite.');
  }
}

/** The power of the weakest ring among those that hold enough frequencies. */
function weakest(power: Float64Array, counts: Float64Array): number {
  const sound = power.filter((_, ring) => counts[ring]! >= FEWEST);
  return Math.min(...(sound.length > 0 ? sound : power));
}
