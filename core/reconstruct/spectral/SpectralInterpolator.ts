import { choleskyFactor, solveCholesky } from '#core/util/choleskyFactor';
import { MirroredField } from '#core/util/fourier/MirroredField';
import { zInterpolationWeights } from '#core/reconstruct/zInterpolationWeights';
import {
  correlationAt,
  MARGIN_PX,
  ringPosition,
  RINGS,
  type PlaneCorrelation,
} from '#core/image/PlaneCorrelation';

/** A measured plane and where it lies. */
export interface SpectralInput {
  /** Row-major (y, x); values that are not finite count as 0. */
  readonly image: Float32Array;
  readonly zUm: number;
}

/** A plane in frequency space. */
interface PlaneSpectrum {
  readonly mean: number;
  /** Complex values without the mean, interleaved (re, im). */
  readonly values: Float32Array;
  /** Mean square of the values in each ring. */
  readonly power: Float64Array;
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
 * Spectra are kept as long as their images are, so that further heights cost one transform.
 */
export class SpectralInterpolator {
  private readonly correlation: PlaneCorrelation;
  private readonly field: MirroredField;
  /** For each frequency its ring, and where it lies between the middles of two rings. */
  private readonly rings: Uint8Array;
  private readonly positions: Float32Array;
  private readonly counts = new Float64Array(RINGS);
  private readonly known = new WeakMap<Float32Array, PlaneSpectrum>();

  /** @param size of all planes, in pixels */
  constructor(
    correlation: PlaneCorrelation,
    size: { readonly width: number; readonly height: number },
  ) {
    this.correlation = correlation;
    this.field = new MirroredField(size, { marginPx: MARGIN_PX });
    this.rings = new Uint8Array(this.field.layout.length);
    this.positions = new Float32Array(this.field.layout.length);
    this.field.eachFrequency((at, periodsPerPx) => {
      const position = ringPosition(periodsPerPx);
      this.rings[at] = position;
      this.positions[at] = Math.min(Math.max(position - 0.5, 0), RINGS - 1.0001);
      this.counts[this.rings[at]!]!++;
    });
  }

  /**
   * The planes at some heights.
   *
   * @param inputs in any order
   * @returns row-major (y, x), one for each of `targetsUm`
   */
  planes(
    inputs: readonly SpectralInput[],
    targetsUm: readonly number[],
  ): Float32Array<ArrayBuffer>[] {
    const zUm = inputs.map((input) => input.zUm);
    const spectra = this.spectraOf(inputs.map(({ image }) => image));
    const sums = targetsUm.map((targetUm) => this.weighted(spectra, zUm, targetUm));
    return pairs(sums).flatMap(([first, second], pair) => {
      const planes = this.field.planes([first, second ?? first]);
      return (second ? planes : [planes[0]]).map((plane, k) => {
        const weights = zInterpolationWeights(zUm, targetsUm[2 * pair + k]!, 'linear');
        const mean = spectra.reduce((sum, spectrum, m) => sum + weights[m]! * spectrum.mean, 0);
        return plane.map((value) => value + mean);
      });
    });
  }

  private spectraOf(images: readonly Float32Array[]): PlaneSpectrum[] {
    const missing = [...new Set(images)].filter((image) => !this.known.has(image));
    for (const [first, second] of pairs(missing)) {
      const planes = [first, second ?? first].map(withoutMean);
      const spectra = this.field.spectra([planes[0]!.values, planes[1]!.values]);
      [first, second].forEach((image, k) => {
        if (!image) return;
        const values = spectra[k]!;
        this.known.set(image, { mean: planes[k]!.mean, values, power: this.powerOf(values) });
      });
    }
    return images.map((image) => this.known.get(image)!);
  }

  private powerOf(values: Float32Array): Float64Array {
    const power = new Float64Array(RINGS);
    for (let i = 0; i < this.positions.length; i++) {
      power[this.rings[i]!]! += values[2 * i]! ** 2 + values[2 * i + 1]! ** 2;
    }
    return power.map((sum, ring) => sum / Math.max(1, this.counts[ring]!));
  }

  /** The sum of spectra that is the most likely plane at a height. */
  private weighted(
    spectra: readonly PlaneSpectrum[],
    zUm: readonly number[],
    targetUm: number,
  ): Float32Array {
    const weights = this.weights(spectra, zUm, targetUm);
    const sum = new Float32Array(2 * this.positions.length);
    spectra.forEach(({ values }, m) => {
      const own = weights[m]!;
      for (let i = 0; i < this.positions.length; i++) {
        const position = this.positions[i]!;
        const ring = position | 0;
        const weight = own[ring]! + (position - ring) * (own[ring + 1]! - own[ring]!);
        sum[2 * i]! += weight * values[2 * i]!;
        sum[2 * i + 1]! += weight * values[2 * i + 1]!;
      }
    });
    return sum;
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
    const noise = weakest(power, this.counts);
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
    try {
      return solveCholesky(choleskyFactor(matrix), wanted);
    } catch (error) {
      if (!(error instanceof RangeError) || more > 1e3 * added) throw error;
    }
  }
}

/** The power of the weakest ring among those that hold enough frequencies. */
function weakest(power: Float64Array, counts: Float64Array): number {
  const sound = power.filter((_, ring) => counts[ring]! >= FEWEST);
  return Math.min(...(sound.length > 0 ? sound : power));
}

function withoutMean(image: Float32Array): { mean: number; values: Float32Array } {
  const values = image.map((value) => (Number.isFinite(value) ? value : 0));
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  return { mean, values: values.map((value) => value - mean) };
}

function pairs<T>(items: readonly T[]): (readonly [T, T | undefined])[] {
  return Array.from({ length: Math.ceil(items.length / 2) }, (_, k) => [
    items[2 * k]!,
    items[2 * k + 1],
  ]);
}
