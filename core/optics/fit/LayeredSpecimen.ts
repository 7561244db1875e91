import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { lateralCutoff } from '#core/optics/opticalCutoffs';
import { goodFourierLength } from '#core/util/fourier/FourierLines';
import { PlaneToSpectrum } from '#core/util/fourier/PlaneToSpectrum';
import { spectrumLayout, type SpectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { SpectrumToPlane } from '#core/util/fourier/SpectrumToPlane';
import { DepthTransfer, depthOfFocusUm } from './DepthTransfer';

/** Where a specimen lies and through what it is seen. */
export interface LayeredField {
  readonly width: number;
  readonly height: number;
  readonly pixelSizeUm: { readonly x: number; readonly y: number };
  readonly system: OpticalSystem;
  /** The lowest and highest plane, in micrometres. */
  readonly rangeUm: readonly [number, number];
}

/** Distance of layers, and how far they go on beyond the planes and at the sides, in depths of focus. */
const LAYER_STEP = 1;
const MARGIN = 6;
const SIDE_MARGIN = 10;

/**
 * Layers of light, wider and deeper than what planes show of them, and the wide-field images of them:
 * each plane is the sum of all layers, convolved with the point-spread function of their distance.
 * Light from outside the field reaches the planes too, so the layers go on there.
 */
export class LayeredSpecimen {
  readonly layerZUm: readonly number[];
  /** Samples of a layer. */
  readonly area: number;
  private readonly field: LayeredField;
  private readonly layout: SpectrumLayout;
  private readonly left: number;
  private readonly top: number;
  private readonly toSpectrum: PlaneToSpectrum;
  private readonly toLayer: SpectrumToPlane;
  private readonly toPlane: SpectrumToPlane;
  private readonly transfer: DepthTransfer;
  /** Transfers by distance, each computed once. */
  private readonly shares = new Map<number, Float32Array<ArrayBuffer>>();

  constructor(field: LayeredField) {
    const { width, height, pixelSizeUm, system, rangeUm } = field;
    this.field = field;
    const focusUm = depthOfFocusUm(system);
    const lowest = rangeUm[0] - MARGIN * focusUm;
    const count = Math.ceil((rangeUm[1] + MARGIN * focusUm - lowest) / (LAYER_STEP * focusUm)) + 1;
    // An even number, because transforms come in pairs.
    this.layerZUm = Array.from(
      { length: count + (count % 2) },
      (_, i) => lowest + i * LAYER_STEP * focusUm,
    );
    const wide = goodFourierLength(width + (2 * SIDE_MARGIN * focusUm) / pixelSizeUm.x);
    const high = goodFourierLength(height + (2 * SIDE_MARGIN * focusUm) / pixelSizeUm.y);
    const fieldUm = [wide * pixelSizeUm.x, high * pixelSizeUm.y] as const;
    this.area = wide * high;
    this.left = (wide - width) >> 1;
    this.top = (high - height) >> 1;
    this.layout = spectrumLayout({ width: wide, height: high }, fieldUm, lateralCutoff({ system }));
    this.toSpectrum = new PlaneToSpectrum(this.layout);
    const size = { fieldWidth: wide, fieldHeight: high };
    this.toLayer = new SpectrumToPlane(this.layout, {
      ...{ ...size, left: 0, top: 0, width: wide, height: high },
    });
    this.toPlane = new SpectrumToPlane(this.layout, {
      ...{ ...size, left: this.left, top: this.top, width, height },
    });
    const reachUm = rangeUm[1] - rangeUm[0] + (MARGIN + 2) * focusUm;
    this.transfer = new DepthTransfer(system, this.layout, fieldUm, reachUm);
  }

  /** Planes at the given heights, row-major (y, x). */
  imaged(layers: readonly Float32Array[], zUm: readonly number[]): Float32Array<ArrayBuffer>[] {
    const sums = zUm.map(() => this.spectrum());
    const pair = [this.spectrum(), this.spectrum()] as const;
    for (let j = 0; j < layers.length; j += 2) {
      this.toSpectrum.transformPair([layers[j]!, layers[j + 1]!], pair);
      zUm.forEach((z, i) => {
        this.addTransferred(sums[i]!, pair[0], z - this.layerZUm[j]!);
        this.addTransferred(sums[i]!, pair[1], z - this.layerZUm[j + 1]!);
      });
    }
    return inPairs(sums, this.spectrum(), (first, second) => {
      const planes = [this.plane(), this.plane()] as const;
      this.toPlane.transformPair({ values: first }, { values: second }, planes);
      return planes;
    });
  }

  /**
   * The adjoint of `imaged`: each plane spread over the layers that it gets light from.
   *
   * @param visit is given one layer after the other; it must not keep it
   */
  spread(
    planes: readonly Float32Array[],
    zUm: readonly number[],
    visit: (layer: number, light: Float32Array) => void,
  ): void {
    const spectra = inPairs(planes, this.plane(), (first, second) => {
      const pair = [this.spectrum(), this.spectrum()] as const;
      this.toSpectrum.transformPair([this.widened(first), this.widened(second)], pair);
      return pair;
    });
    const light = [new Float32Array(this.area), new Float32Array(this.area)] as const;
    for (let j = 0; j < this.layerZUm.length; j += 2) {
      const pair = [this.spectrum(), this.spectrum()] as const;
      zUm.forEach((z, i) => {
        this.addTransferred(pair[0], spectra[i]!, z - this.layerZUm[j]!);
        this.addTransferred(pair[1], spectra[i]!, z - this.layerZUm[j + 1]!);
      });
      this.toLayer.transformPair({ values: pair[0] }, { values: pair[1] }, light);
      visit(j, light[0]);
      visit(j + 1, light[1]);
    }
  }

  private addTransferred(sum: Float32Array, spectrum: Float32Array, distanceUm: number): void {
    const shares = this.sharesOver(distanceUm);
    const { bins } = this.transfer;
    for (let i = 0; i < bins.length; i++) {
      const share = shares[bins[i]!]!;
      sum[2 * i]! += share * spectrum[2 * i]!;
      sum[2 * i + 1]! += share * spectrum[2 * i + 1]!;
    }
  }

  private sharesOver(distanceUm: number): Float32Array {
    const known = this.shares.get(distanceUm);
    if (known) return known;
    const shares = this.transfer.over(distanceUm);
    this.shares.set(distanceUm, shares);
    return shares;
  }

  /** A plane in the middle of a layer, dark around it. */
  private widened(plane: Float32Array): Float32Array {
    const { width, height } = this.field;
    const widened = new Float32Array(this.area);
    for (let y = 0; y < height; y++) {
      const row = plane.subarray(y * width, (y + 1) * width);
      widened.set(row, (this.top + y) * this.layout.width + this.left);
    }
    return widened;
  }

  private plane(): Float32Array<ArrayBuffer> {
    return new Float32Array(this.field.width * this.field.height);
  }

  private spectrum(): Float32Array<ArrayBuffer> {
    return new Float32Array(2 * this.layout.length);
  }
}

/** What `transform` makes of all items, two at a time; an odd one goes with `filler`. */
function inPairs<T, R>(
  items: readonly T[],
  filler: T,
  transform: (first: T, second: T) => readonly [R, R],
): R[] {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += 2) {
    results.push(...transform(items[i]!, items[i + 1] ?? filler));
  }
  return results.slice(0, items.length);
}
