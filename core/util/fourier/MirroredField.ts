import { copyReflected } from '#core/util/copyReflected';
import { goodFourierLength } from './FourierLines';
import { RealTransform } from './RealTransform';
import { eachFrequency, spectrumLayout, type SpectrumLayout } from './SpectrumLayout';

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
 * meet.
 */
export class MirroredField {
  readonly layout: SpectrumLayout;
  private readonly size: { readonly width: number; readonly height: number };
  private readonly left: number;
  private readonly top: number;
  /** Sides (x, y) of the continued planes, in units of the pixel size. */
  private readonly sides: readonly [number, number];
  private readonly transform: RealTransform;

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
    this.transform = new RealTransform(this.layout);
  }

  /** Calls `visit` with place and size of every frequency, in the order of the spectra. */
  eachFrequency(visit: (at: number, frequency: number) => void): void {
    const [width, height] = this.sides;
    eachFrequency(this.layout, 0, this.layout.length, (at, fx, fy) =>
      visit(at, Math.hypot(fx / width, fy / height)),
    );
  }

  /**
   * The spectrum of a plane, row-major (y, x): complex values, interleaved (re, im).
   *
   * @param spectrum receives it
   */
  spectrum<T extends Float32Array>(plane: Float32Array, spectrum: T): T {
    const { width } = this.layout;
    this.transform.forward((top, height, rows) => {
      const region = { x: -this.left, y: top - this.top, width, height };
      copyReflected(plane, this.size, region, rows, 0);
    }, spectrum);
    return spectrum;
  }

  /** The plane, row-major (y, x), of a spectrum. */
  plane(spectrum: Float32Array): Float32Array<ArrayBuffer> {
    const { left, top, size } = this;
    const plane = new Float32Array(size.width * size.height);
    this.transform.backward(spectrum, { left, top, ...size }, plane);
    return plane;
  }
}
