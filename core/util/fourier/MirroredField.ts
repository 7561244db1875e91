import { copyReflected } from '#core/util/copyReflected';
import { goodFourierLength } from './FourierLines';
import { PlaneToSpectrum } from './PlaneToSpectrum';
import { eachFrequency, spectrumLayout, type SpectrumLayout } from './SpectrumLayout';
import { SpectrumToPlane } from './SpectrumToPlane';

type Pair<T> = readonly [T, T];

/** How far planes are continued, and in what frequencies are counted. */
export interface MirroredFieldOptions {
  /** Planes are continued this far at least, in pixels. */
  readonly marginPx: { readonly x: number; readonly y: number };
  /** Width and height of a pixel: frequencies are in periods per unit of it. @default 1 */
  readonly pixelSize?: { readonly x: number; readonly y: number };
  /** The highest frequency that is kept. @default all */
  readonly cutoff?: number;
}

/**
 * Fourier transforms of planes that are continued by reflection on all sides, so that opposite edges do not
 * meet; two planes at a time.
 */
export class MirroredField {
  readonly layout: SpectrumLayout;
  private readonly size: { readonly width: number; readonly height: number };
  private readonly left: number;
  private readonly top: number;
  /** Sides (x, y) of the continued planes, in units of the pixel size. */
  private readonly sides: readonly [number, number];
  private readonly toSpectrum: PlaneToSpectrum;
  private readonly toPlane: SpectrumToPlane;

  /** @param size of the planes, in pixels */
  constructor(
    size: { readonly width: number; readonly height: number },
    { marginPx, pixelSize = { x: 1, y: 1 }, cutoff = Infinity }: MirroredFieldOptions,
  ) {
    const width = goodFourierLength(size.width + 2 * marginPx.x);
    const height = goodFourierLength(size.height + 2 * marginPx.y);
    this.size = { width: size.width, height: size.height };
    this.left = (width - size.width) >> 1;
    this.top = (height - size.height) >> 1;
    this.sides = [width * pixelSize.x, height * pixelSize.y];
    this.layout = spectrumLayout({ width, height }, this.sides, cutoff);
    this.toSpectrum = new PlaneToSpectrum(this.layout);
    const { left, top } = this;
    const crop = { fieldWidth: width, fieldHeight: height, left, top, ...this.size };
    this.toPlane = new SpectrumToPlane(this.layout, crop);
  }

  /** Calls `visit` with place and size of every frequency, in the order of the spectra. */
  eachFrequency(visit: (at: number, frequency: number) => void): void {
    const [width, height] = this.sides;
    eachFrequency(this.layout, 0, this.layout.length, (at, fx, fy) =>
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
