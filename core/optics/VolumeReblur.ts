import { MirroredField } from '#core/util/fourier/MirroredField';
import type { SpectrumLayout } from '#core/util/fourier/SpectrumLayout';
import type { ReblurWeights } from './reblurWeights';

/** Size of the planes. */
export interface ReblurField {
  readonly width: number;
  readonly height: number;
  readonly pixelSizeUm: { readonly x: number; readonly y: number };
}

/** A plane beside what the re-blurred volume gives there; both without their mean. */
export interface ReblurComparison {
  /** The plane as far as it holds signal that the optics pass, row-major (y, x). */
  readonly structure: Float32Array<ArrayBuffer>;
  /** The plane less the re-blurred volume, row-major (y, x). */
  readonly difference: Float32Array<ArrayBuffer>;
  /** How large the difference would be by the noise of the plane alone: root mean square. */
  readonly noiseRms: number;
}

/** The highest frequencies, as a share of those that are passed, hold noise and hardly any signal. */
const NOISE_BAND = 0.15;

/** The picture is continued this far by reflection, so that its sides do not meet. */
const PAD_UM = 5;

/**
 * Takes the planes of a volume one after the other and adds up what they give when the volume is
 * re-blurred (`reblurWeights`). Nothing of the volume is kept but the sums. The even background, which
 * says nothing of defocus and drifts in real stacks, is left out.
 */
export class VolumeReblur {
  private readonly weights: ReblurWeights;
  private readonly mirrored: MirroredField;
  private readonly layout: SpectrumLayout;
  /** A second plane for transforms, which come in pairs. */
  private readonly empty: Float32Array<ArrayBuffer>;
  private readonly lateral: Float32Array<ArrayBuffer>;
  private readonly sums: readonly Float32Array<ArrayBuffer>[];
  private readonly columns: number;

  /** @param counts numbers of wanted planes and of planes of the volume, as the weights have them */
  constructor(
    weights: ReblurWeights,
    field: ReblurField,
    counts: { readonly wanted: number; readonly volume: number },
  ) {
    const { width, height, pixelSizeUm } = field;
    this.weights = weights;
    this.columns = counts.volume;
    this.mirrored = new MirroredField(field, {
      marginPx: {
        x: Math.min(width - 1, PAD_UM / pixelSizeUm.x),
        y: Math.min(height - 1, PAD_UM / pixelSizeUm.y),
      },
      pixelSize: pixelSizeUm,
      cutoff: weights.cutoff,
    });
    this.layout = this.mirrored.layout;
    this.empty = new Float32Array(width * height);
    this.lateral = new Float32Array(this.layout.length);
    this.mirrored.eachFrequency((at, frequency) => {
      this.lateral[at] = frequency / weights.frequencyStep;
    });
    this.sums = Array.from({ length: counts.wanted }, () => this.spectrum());
  }

  /**
   * Adds a plane of the volume.
   *
   * @param pixels row-major (y, x)
   * @param index which plane of the volume it is, as the weights count them
   */
  add(pixels: Float32Array, index: number): void {
    const spectrum = this.transformed(pixels);
    const { values, frequencyCount } = this.weights;
    const rows = this.sums.length;
    this.sums.forEach((sum, row) => {
      const at = (f: number): number =>
        values[(Math.min(f, frequencyCount - 1) * rows + row) * this.columns + index]!;
      for (let i = 1; i < this.layout.length; i++) {
        const f = Math.floor(this.lateral[i]!);
        const share = this.lateral[i]! - f;
        const weight = at(f) * (1 - share) + at(f + 1) * share;
        sum[2 * i]! += weight * spectrum[2 * i]!;
        sum[2 * i + 1]! += weight * spectrum[2 * i + 1]!;
      }
    });
  }

  /**
   * What stands at a wanted height less the re-blurred volume there. Both are limited to what the
   * optics pass and weighed by how far a frequency stands out of the noise of the plane.
   *
   * @param plane row-major (y, x)
   * @param row which of the wanted heights
   */
  compare(plane: Float32Array, row: number): ReblurComparison {
    const spectrum = this.transformed(plane);
    spectrum.fill(0, 0, 2);
    const difference = spectrum.map((value, i) => value - this.sums[row]![i]!);
    const { signal, noise } = this.signalShares(spectrum);
    let noisePower = 0;
    for (let i = 1; i < this.layout.length; i++) {
      const share = signal[Math.floor(this.lateral[i]!)]!;
      noisePower += noise * share * share;
      for (const values of [spectrum, difference]) {
        values[2 * i]! *= share;
        values[2 * i + 1]! *= share;
      }
    }
    const planes = this.mirrored.planes([spectrum, difference]);
    // Parseval's theorem; the half of the spectrum that is not kept holds as much.
    const noiseRms = Math.sqrt(2 * noisePower) / (this.layout.width * this.layout.height);
    return { structure: planes[0], difference: planes[1], noiseRms };
  }

  /** Share of the signal in the power of a plane by lateral frequency, and the power of the noise. */
  private signalShares(spectrum: Float32Array): { signal: Float64Array; noise: number } {
    const { frequencyCount } = this.weights;
    const power = new Float64Array(frequencyCount + 1);
    const counts = new Float64Array(frequencyCount + 1);
    for (let i = 1; i < this.layout.length; i++) {
      const f = Math.floor(this.lateral[i]!);
      power[f]! += spectrum[2 * i]! ** 2 + spectrum[2 * i + 1]! ** 2;
      counts[f]!++;
    }
    const last = counts.findLastIndex((count) => count > 0);
    const first = Math.floor((1 - NOISE_BAND) * last);
    const noise = sum(power, first, last) / Math.max(1, sum(counts, first, last));
    const signal = power.map((own, f) =>
      own > 0 ? Math.max(0, 1 - (noise * counts[f]!) / own) : 0,
    );
    return { signal, noise };
  }

  private spectrum(): Float32Array<ArrayBuffer> {
    return new Float32Array(2 * this.layout.length);
  }

  private transformed(pixels: Float32Array): Float32Array<ArrayBuffer> {
    return this.mirrored.spectra([pixels, this.empty])[0];
  }
}

function sum(values: Float64Array, first: number, last: number): number {
  return values.subarray(first, last + 1).reduce((total, value) => total + value, 0);
}
