import { copyReflected } from '#core/util/copyReflected';
import { goodFourierLength } from './FourierLines';
import { PlaneToSpectrum } from './PlaneToSpectrum';
import { eachFrequency, spectrumLayout, type SpectrumLayout } from './SpectrumLayout';
import { SpectrumToPlane } from './SpectrumToPlane';

type Pair<T> = readonly [T, T];

/**
 * Fourier transforms of planes that are continued by reflection on all sides, so that opposite edges do not
 * meet; two planes at a time. Frequencies are in periods per pixel.
 */
export class MirroredField {
  readonly layout: SpectrumLayout;
  private readonly size: { readonly width: number; readonly height: number };
  private readonly left: number;
  private readonly top: number;
  private readonly toSpectrum: PlaneToSpectrum;
  private readonly toPlane: SpectrumToPlane;

  /**
   * @param size of the planes
   * @param marginPx how far they are continued, at least
   */
  constructor(size: { readonly width: number; readonly height: number }, marginPx: number) {
    const width = goodFourierLength(size.width + 2 * marginPx);
    const height = goodFourierLength(size.height + 2 * marginPx);
    this.size = { width: size.width, height: size.height };
    this.left = (width - size.width) >> 1;
    this.top = (height - size.height) >> 1;
    this.layout = spectrumLayout({ width, height }, [width, height], Infinity);
    this.toSpectrum = new PlaneToSpectrum(this.layout);
    const crop = { left: this.left, top: this.top, ...this.size };
    this.toPlane = new SpectrumToPlane(this.layout, {
      ...{ fieldWidth: width, fieldHeight: height },
      ...crop,
    });
  }

  /** Calls `visit` with place and size of every frequency, in the order of the spectra. */
  eachFrequency(visit: (at: number, periodsPerPx: number) => void): void {
    const { width, height, length } = this.layout;
    eachFrequency(this.layout, 0, length, (at, fx, fy) =>
      visit(at, Math.hypot(fx / width, fy / height)),
    );
  }

  /** Spectra of two planes, row-major (y, x): complex values, interleaved (re, im). */
  spectra(planes: Pair<Float32Array>): Pair<Float32Array<ArrayBuffer>> {
    const spectrum = (): Float32Array<ArrayBuffer> => new Float32Array(2 * this.layout.length);
    const spectra = [spectrum(), spectrum()] as const;
    this.toSpectrum.transformPair([this.continued(planes[0]), this.continued(planes[1])], spectra);
    return spectra;
  }

  /** The planes, row-major (y, x), of two spectra. */
  planes(spectra: Pair<Float32Array>): Pair<Float32Array<ArrayBuffer>> {
    const area = this.size.width * this.size.height;
    const planes = [new Float32Array(area), new Float32Array(area)] as const;
    this.toPlane.transformPair({ values: spectra[0] }, { values: spectra[1] }, planes);
    return planes;
  }

  private continued(plane: Float32Array): Float32Array {
    const { width, height } = this.layout;
    const continued = new Float32Array(width * height);
    copyReflected(plane, this.size, { x: -this.left, y: -this.top, width, height }, continued, 0);
    return continued;
  }
}
