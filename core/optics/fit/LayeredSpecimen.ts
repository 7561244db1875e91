import type { OpticalSystem } from '#core/optics/OpticalSystem';
import type { TransferTable } from '#core/optics/transferTable';
import { lateralCutoff } from '#core/optics/opticalCutoffs';
import { goodFourierLength } from '#core/util/fourier/FourierLines';
import { RealTransform, type Crop } from '#core/util/fourier/RealTransform';
import { spectrumLayout, type SpectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { simdWorkspace, type SimdArray } from '#core/util/simd/simdWorkspace';
import type { Kernels } from '#core/util/simd/Kernels';
import { BINS, DepthTransfer, depthOfFocusUm } from './DepthTransfer';
import type { LayerFrame } from './doubledLayer';
import { layerHeights } from './layerHeights';

/** Where a specimen lies and through what it is seen. */
export interface LayeredField {
  readonly width: number;
  readonly height: number;
  readonly pixelSizeUm: { readonly x: number; readonly y: number };
  readonly system: OpticalSystem;
  /** The lowest and highest plane, in micrometres. */
  readonly rangeUm: readonly [number, number];
  /** Standard deviation of the grains that layers are made of, in micrometres. @default 0, points */
  readonly grainUm?: number;
}

/** What else a specimen is made with. */
export interface LayeredOptions {
  /** Transfers of the same field, where they are known. */
  readonly table?: TransferTable | undefined;
  /** Distances of the layers below and above the planes, rising, in depths of focus. @default those of `layerHeights` */
  readonly beyond?: readonly number[];
}

/** A spectrum in the memory of the kernels. */
type Spectrum = SimdArray<Float32Array<ArrayBuffer>>;

/** How far layers go on at the sides, in depths of focus. */
const SIDE_MARGIN = 6;

/**
 * Layers of light, wider and deeper than what planes show of them, and the wide-field images of them:
 * each plane is the sum of all layers, convolved with the point-spread function of their distance.
 * Light from outside the field reaches the planes too, so the layers go on there.
 */
export class LayeredSpecimen {
  readonly layerZUm: readonly number[];
  /** Samples of a layer. */
  readonly area: number;
  private readonly layout: SpectrumLayout;
  private readonly transform: RealTransform;
  /** The field, and all of a layer. */
  private readonly inside: Crop;
  private readonly whole: Crop;
  private readonly transfer: DepthTransfer;
  private readonly kernels: Kernels;
  private readonly bins: SimdArray<Uint16Array>;
  /** Transfers of one distance, by bin. */
  private readonly share: SimdArray<Float32Array>;
  /** The spectrum of a layer, and those of the planes. */
  private readonly ofLayer: Spectrum;
  private readonly ofPlanes: readonly Spectrum[];
  /** Transfers by distance of those that steps ask for again and again. */
  private readonly shares = new Map<number, Float32Array<ArrayBuffer>>();

  /**
   * @param planeCount the most planes that are asked for at a time
   */
  constructor(field: LayeredField, planeCount: number, { table, beyond }: LayeredOptions = {}) {
    const { width, height, pixelSizeUm, system, rangeUm, grainUm = 0 } = field;
    const focusUm = depthOfFocusUm(system);
    this.layerZUm = layerHeights(rangeUm, focusUm, beyond);
    const wide = goodFourierLength(width + (2 * SIDE_MARGIN * focusUm) / pixelSizeUm.x);
    const high = goodFourierLength(height + (2 * SIDE_MARGIN * focusUm) / pixelSizeUm.y);
    const fieldUm = [wide * pixelSizeUm.x, high * pixelSizeUm.y] as const;
    this.area = wide * high;
    this.inside = { left: (wide - width) >> 1, top: (high - height) >> 1, width, height };
    this.whole = { left: 0, top: 0, width: wide, height: high };
    this.layout = spectrumLayout({ width: wide, height: high }, fieldUm, lateralCutoff({ system }));
    this.transform = new RealTransform(this.layout);
    const reachUm = Math.max(this.layerZUm.at(-1)! - rangeUm[0], rangeUm[1] - this.layerZUm[0]!);
    this.transfer = new DepthTransfer(system, this.layout, { fieldUm, reachUm }, grainUm, table);
    const { length } = this.layout;
    const { kernels, arrays } = simdWorkspace({
      bins: ['uint16', length],
      share: ['float32', BINS],
      ofLayer: ['float32', 2 * length],
      ofPlanes: ['float32', 2 * length * planeCount],
    });
    arrays.bins.values.set(this.transfer.bins);
    this.kernels = kernels;
    this.bins = arrays.bins;
    this.share = arrays.share;
    this.ofLayer = arrays.ofLayer;
    this.ofPlanes = partsOf(arrays.ofPlanes, planeCount);
  }

  /** Sides of a layer, and where the field begins in it. */
  get frame(): LayerFrame {
    const { width, height } = this.whole;
    return { width, height, left: this.inside.left, top: this.inside.top };
  }

  /** What transfers were found in. */
  get table(): TransferTable {
    return this.transfer.table;
  }

  /** Sum of the squares of what a plane shows of a grain at a distance, in a unit of its own. */
  energyOver(distanceUm: number): number {
    return this.sharesOver(distanceUm).reduce((sum, share, bin) => sum + bin * share ** 2, 0);
  }

  /** The spectra of layers, one after the other, in memory that all threads see. */
  spectraOf(layers: readonly Float32Array[]): Float32Array<SharedArrayBuffer> {
    const { length } = this.ofLayer.values;
    const bytes = layers.length * length * Float32Array.BYTES_PER_ELEMENT;
    const spectra = new Float32Array(new SharedArrayBuffer(bytes));
    layers.forEach((layer, j) => {
      this.transform.forwardPlane(layer, this.ofLayer.values);
      spectra.set(this.ofLayer.values, j * length);
    });
    return spectra;
  }

  /** The plane at a height, row-major (y, x), from the spectra of layers. */
  imageOf(spectra: Float32Array, zUm: number): Float32Array<ArrayBuffer> {
    const { ofLayer, ofPlanes, layerZUm } = this;
    const [sum, length] = [ofPlanes[0]!, ofLayer.values.length];
    sum.values.fill(0);
    layerZUm.forEach((layerUm, j) => {
      ofLayer.values.set(spectra.subarray(j * length, (j + 1) * length));
      this.addTransferred(sum, ofLayer, this.transfer.over(zUm - layerUm));
    });
    return this.planeOf(sum);
  }

  /** Planes at the given heights, row-major (y, x). */
  imaged(layers: readonly Float32Array[], zUm: readonly number[]): Float32Array<ArrayBuffer>[] {
    const { ofLayer, ofPlanes } = this;
    for (const { values } of ofPlanes) values.fill(0);
    layers.forEach((layer, j) => {
      this.transform.forwardPlane(layer, this.ofLayer.values);
      zUm.forEach((z, i) =>
        this.addTransferred(ofPlanes[i]!, ofLayer, this.sharesOver(z - this.layerZUm[j]!)),
      );
    });
    return zUm.map((_, i) => this.planeOf(ofPlanes[i]!));
  }

  /**
   * The adjoint of `imaged`: each plane spread over the layers that it gets light from.
   *
   * @param light receives the light of one layer after the other
   * @param visit is called when it has
   */
  spread(
    planes: readonly Float32Array[],
    zUm: readonly number[],
    light: Float32Array,
    visit: (layer: number) => void,
  ): void {
    const { ofLayer, ofPlanes } = this;
    planes.forEach((plane, i) => this.transformPlane(plane, ofPlanes[i]!.values));
    this.layerZUm.forEach((layerUm, j) => {
      ofLayer.values.fill(0);
      zUm.forEach((z, i) =>
        this.addTransferred(ofLayer, ofPlanes[i]!, this.sharesOver(z - layerUm)),
      );
      this.transform.backward(ofLayer.values, this.whole, light);
      visit(j);
    });
  }

  private planeOf({ values }: Spectrum): Float32Array<ArrayBuffer> {
    const plane = new Float32Array(this.inside.width * this.inside.height);
    this.transform.backward(values, this.inside, plane);
    return plane;
  }

  private addTransferred(sum: Spectrum, spectrum: Spectrum, shares: Float32Array): void {
    const { kernels, share, bins } = this;
    share.values.set(shares);
    kernels.addTransferred(sum.at, spectrum.at, share.at, bins.at, this.layout.length);
  }

  private sharesOver(distanceUm: number): Float32Array {
    const known = this.shares.get(distanceUm);
    if (known) return known;
    const shares = this.transfer.over(distanceUm);
    this.shares.set(distanceUm, shares);
    return shares;
  }

  /** The spectrum of a plane in the middle of a layer, dark around it. */
  private transformPlane(plane: Float32Array, spectrum: Float32Array): void {
    const { left, top: first, width, height } = this.inside;
    this.transform.forward((top, count, rows) => {
      rows.fill(0);
      for (let row = 0; row < count; row++) {
        const y = top + row - first;
        if (y < 0 || y >= height) continue;
        rows.set(plane.subarray(y * width, (y + 1) * width), row * this.whole.width + left);
      }
    }, spectrum);
  }
}

/** Equal parts of an array. */
function partsOf({ at, values }: Spectrum, count: number): Spectrum[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, i) => {
    return {
      at: at + i * length * Float32Array.BYTES_PER_ELEMENT,
      values: values.subarray(i * length, (i + 1) * length),
    };
  });
}
