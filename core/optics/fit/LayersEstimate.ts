import type { Kernels } from '#core/util/simd/Kernels';
import { meanOf } from '#core/util/meanOf';
import { simdWorkspace, type SimdArray } from '#core/util/simd/simdWorkspace';
import { depthWeights } from './depthWeights';
import { doubledLayer } from './doubledLayer';
import { LayeredSpecimen, type LayeredField } from './LayeredSpecimen';

/** Keeps sums of no light from dividing by nothing, as a share of the mean light. */
const LEAST_SHARE = 1e-4;

/**
 * Samples around the field stay dark if less of their light than this falls into it, as a share for each plane: what
 * coarse samples make of their faint rims may be below 0, and then grows without end.
 */
const LEAST_SEEN = 0.02;

/** A step goes on at most this far in the direction of the one before. */
const MOST_MOMENTUM = 0.9;

/** Share of the light that is thought to come from the specimen in the beginning, the rest is background. */
const FIRST_SHARE = 0.75;

/** What layers are to explain. */
export interface CountedPlanes {
  readonly field: LayeredField;
  /** Light above darkness, row-major (y, x). */
  readonly counts: readonly Float32Array<ArrayBuffer>[];
  /** Heights of the planes, in micrometres. */
  readonly zUm: readonly number[];
}

/** With what a search begins: what was found at half the resolution, or light everywhere; see `depthWeights`. */
export type LayersStart = { readonly rough: LayersEstimate } | { readonly depthExponent: number };

/** Layers of light and backgrounds, improved step by step; see `fitLayers`. */
export class LayersEstimate {
  readonly layers: readonly Float32Array[];
  readonly specimen: LayeredSpecimen;
  private readonly counts: readonly Float32Array<ArrayBuffer>[];
  private readonly zUm: readonly number[];
  readonly backgrounds: Float64Array;
  private readonly least: number;
  private readonly kernels: Kernels;
  /**
   * One layer after the other: the layers, where they were before the last step and what it added, and how
   * much of the light of each sample falls into the field, on all planes together.
   */
  private readonly arrays: {
    readonly [K in 'layers' | 'before' | 'change' | 'seen' | 'light']: SimdArray<Float32Array>;
  };
  /** How far a step goes along the one before, and the square of the one before. */
  private readonly sums: SimdArray<Float64Array>;

  constructor({ field, counts, zUm }: CountedPlanes, start: LayersStart) {
    const rough = 'rough' in start ? start.rough : null;
    const specimen = new LayeredSpecimen(field, zUm.length, { table: rough?.specimen.table });
    this.specimen = specimen;
    this.counts = counts;
    this.zUm = zUm;
    const mean = counts.reduce((sum, plane) => sum + meanOf(plane), 0) / counts.length;
    const { area, layerZUm } = specimen;
    this.least = LEAST_SHARE * mean || 1;
    this.backgrounds = new Float64Array(counts.length).fill((1 - FIRST_SHARE) * mean);
    const size = area * layerZUm.length;
    const { kernels, arrays } = simdWorkspace({
      layers: ['float32', size],
      before: ['float32', size],
      change: ['float32', size],
      seen: ['float32', size],
      light: ['float32', area],
      sums: ['float64', 2],
    });
    this.kernels = kernels;
    this.arrays = arrays;
    this.sums = arrays.sums;
    const { values } = arrays.layers;
    this.layers = layerZUm.map((_, j) => values.subarray(j * area, (j + 1) * area));
    if ('rough' in start) this.beginWith(start.rough);
    else this.beginEvenly(field, mean, start.depthExponent);
    this.lookAround();
  }

  /** @param told hears how many steps are done */
  improve(steps: number, told: (done: number) => void): void {
    for (let step = 0; step < steps; step++) {
      this.takeStep();
      told(step + 1);
    }
  }

  /**
   * How badly the planes are explained: Pearson's chi-square for each sample, in the unit of the planes. For counted
   * light that is explained by all but its noise it is the gain of the camera.
   */
  dispersion(): number {
    const deviations = this.specimen.imaged(this.layers, this.zUm).map((plane, p) => {
      const [counts, background] = [this.counts[p]!, this.backgrounds[p]!];
      return meanOf(
        plane.map((light, i) => {
          const expected = Math.max(this.least, light + background);
          return (counts[i]! - expected) ** 2 / expected;
        }),
      );
    });
    return meanOf(deviations);
  }

  private takeStep(): void {
    const { specimen, arrays, kernels, sums } = this;
    const ratios = this.ratios(specimen.imaged(this.layers, this.zUm));
    const { layers, before, change, seen, light } = arrays;
    const bytes = light.values.byteLength;
    sums.values.fill(0);
    specimen.spread(ratios, this.zUm, light.values, (j) => {
      const start = j * bytes;
      const places = [layers.at + start, light.at, seen.at + start, change.at + start] as const;
      kernels.takeStep(...places, bytes, sums.at);
    });
    const [along, square] = [sums.values[0]!, sums.values[1]!];
    // Goes on from where the step led, in its direction; after the first one there is none yet, nor a place before.
    const momentum = square > 0 ? Math.min(MOST_MOMENTUM, Math.max(0, along / square)) : 0;
    kernels.leap(layers.at, before.at, layers.values.byteLength, momentum);
  }

  /** Puts light everywhere, as much in each layer as its depth weighs. */
  private beginEvenly({ rangeUm }: LayeredField, mean: number, depthExponent: number): void {
    const { specimen, layers, zUm } = this;
    const weights = depthWeights(specimen, zUm, { rangeUm, exponent: depthExponent });
    layers.forEach((layer, j) => layer.fill((weights[j]! * FIRST_SHARE * mean) / layers.length));
  }

  private beginWith({ layers, specimen, backgrounds }: LayersEstimate): void {
    for (const [j, layer] of layers.entries()) {
      doubledLayer(layer, specimen.frame, this.layers[j]!, this.specimen.frame);
    }
    this.backgrounds.set(backgrounds);
  }

  private lookAround(): void {
    const { specimen, counts } = this;
    const { seen, light } = this.arrays;
    const even = counts.map((plane) => new Float32Array(plane.length).fill(1));
    const leastSeen = LEAST_SEEN * counts.length;
    const { values } = light;
    specimen.spread(even, this.zUm, values, (j) => {
      const ofLayer = seen.values.subarray(j * values.length, (j + 1) * values.length);
      for (let i = 0; i < values.length; i++) {
        const share = values[i]!;
        ofLayer[i] = share < leastSeen ? Infinity : share;
      }
    });
  }

  /** Makes what is expected what was counted over it; backgrounds follow. */
  private ratios(expected: readonly Float32Array<ArrayBuffer>[]): readonly Float32Array[] {
    return expected.map((plane, p) => {
      const [counts, background] = [this.counts[p]!, this.backgrounds[p]!];
      for (let i = 0; i < plane.length; i++) {
        plane[i] = counts[i]! / Math.max(this.least, plane[i]! + background);
      }
      this.backgrounds[p] = background * meanOf(plane);
      return plane;
    });
  }
}
