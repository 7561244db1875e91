import { halfSize, halve } from '#core/image/halved';
import { orderStatistic } from '#core/optics/orderStatistic';
import type { TransferTable } from '#core/optics/transferTable';
import type { Kernels } from '#core/util/simd/Kernels';
import { simdWorkspace, type SimdArray } from '#core/util/simd/simdWorkspace';
import { LayeredSpecimen, type LayeredField } from './LayeredSpecimen';
import { doubledLayer } from './doubledLayer';
import { meanOf } from '#core/util/meanOf';

/** What a specimen is to explain. */
export interface LayersRequest extends LayeredField {
  /** Planes of a volume in any linear unit, row-major (y, x). */
  readonly planes: readonly Float32Array[];
  /** Their heights in micrometres, within `rangeUm`. */
  readonly zUm: readonly number[];
  /** @default 25 */
  readonly steps?: number;
}

/** Layers of light that were found; `layersImage` shows what they look like. */
export interface FittedLayers {
  readonly kind: 'layers';
  readonly field: LayeredField;
  /** Spectra of its layers, one after the other. */
  readonly spectra: Float32Array<SharedArrayBuffer>;
  readonly table: TransferTable;
  /** Heights of the planes that it explains, in micrometres, and their backgrounds. */
  readonly zUm: readonly number[];
  readonly backgrounds: readonly number[];
}

/** Below this share of the samples a plane is dark. */
const DARK_SHARE = 5e-4;

/** Keeps sums of no light from dividing by nothing, as a share of the mean light. */
const LEAST_SHARE = 1e-4;

/** This share of the steps is made at half the resolution, where fields are not narrower than so many pixels. */
const ROUGH_SHARE = 0.7;
const LEAST_HALVED = 32;

/** A step goes on at most this far in the direction of the one before. */
const MOST_MOMENTUM = 0.9;

/**
 * Finds the fluorescent specimen that explains the planes of a volume best. Fluorescence
 * is never negative: that is what separates planes that a microscope could have taken from planes that
 * merely look like them. A structure that is sharp in one plane must be blurred in the next by what the
 * optics say; had it faded in place, some layer would have to hold less than nothing.
 *
 * Expectation maximisation for light that is counted (Richardson 1972, doi:10.1364/JOSA.62.000055;
 * Shepp & Vardi 1982, doi:10.1109/TMI.1982.4307558), sped up by going on in the direction of the last
 * step (Biggs & Andrews 1997, doi:10.1364/AO.36.001766). Each plane has an even background of its own.
 * Only samples inside the field count; what lies around it is found as well.
 *
 * @param tell hears how far the search is, 0 to 1
 * @throws RangeError when there is no plane
 */
export function fitLayers(
  request: LayersRequest,
  tell: (fraction: number) => void = () => {},
): FittedLayers {
  const { planes, zUm, steps = 25, width, height, pixelSizeUm, system, rangeUm } = request;
  if (planes.length === 0) throw new RangeError('There is no plane.');
  const field = { width, height, pixelSizeUm, system, rangeUm };
  const dark = darkLevel(planes);
  const counts = planes.map((plane) => plane.map((value) => Math.max(0, value - dark)));
  const roughSteps = Math.min(width, height) < LEAST_HALVED ? 0 : Math.round(ROUGH_SHARE * steps);
  const told = (done: number): void => tell(done / steps);
  const rough = roughSteps > 0 ? roughEstimate(field, counts, zUm, roughSteps, told) : null;
  const estimate = new Estimate(field, counts, zUm, rough);
  estimate.improve(steps - roughSteps, (done) => told(roughSteps + done));
  const { specimen } = estimate;
  return {
    kind: 'layers',
    ...{ field, zUm, table: specimen.table },
    spectra: specimen.spectraOf(estimate.layers),
    backgrounds: Array.from(estimate.backgrounds, (level) => dark + level),
  };
}

/** Steps at half the resolution, which cost a quarter: what is far out of focus has no finer detail. */
function roughEstimate(
  field: LayeredField,
  counts: readonly Float32Array[],
  zUm: readonly number[],
  steps: number,
  told: (done: number) => void,
): Estimate {
  const { x, y } = field.pixelSizeUm;
  const half = { ...field, ...halfSize(field), pixelSizeUm: { x: 2 * x, y: 2 * y } };
  const halves = counts.map((plane) => {
    const halved = new Float32Array(half.width * half.height);
    halve(plane, field, halved);
    return halved;
  });
  const estimate = new Estimate(half, halves, zUm);
  estimate.improve(steps, told);
  return estimate;
}

/** Layers and backgrounds, improved step by step. */
class Estimate {
  readonly layers: readonly Float32Array[];
  readonly specimen: LayeredSpecimen;
  private readonly counts: readonly Float32Array[];
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

  /** @param rough what was found at half the resolution, to begin with */
  constructor(
    field: LayeredField,
    counts: readonly Float32Array[],
    zUm: readonly number[],
    rough: Estimate | null = null,
  ) {
    const specimen = new LayeredSpecimen(field, zUm.length, rough?.specimen.table);
    this.specimen = specimen;
    this.counts = counts;
    this.zUm = zUm;
    const mean = counts.reduce((sum, plane) => sum + meanOf(plane), 0) / counts.length;
    const { area, layerZUm } = specimen;
    this.least = LEAST_SHARE * mean || 1;
    this.backgrounds = new Float64Array(counts.length).fill(mean / 4);
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
    values.fill((0.75 * mean) / layerZUm.length);
    this.layers = layerZUm.map((_, j) => values.subarray(j * area, (j + 1) * area));
    if (rough) this.beginWith(rough);
    this.lookAround();
  }

  /** @param told hears how many steps are done */
  improve(steps: number, told: (done: number) => void): void {
    for (let step = 0; step < steps; step++) {
      this.takeStep();
      told(step + 1);
    }
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
    // Goes on from where the step led, in its direction.
    const momentum = square > 0 ? Math.min(MOST_MOMENTUM, Math.max(0, along / square)) : 0;
    kernels.leap(layers.at, before.at, layers.values.byteLength, momentum);
  }

  private beginWith({ layers, specimen, backgrounds }: Estimate): void {
    for (const [j, layer] of layers.entries()) {
      doubledLayer(layer, specimen.frame, this.layers[j]!, this.specimen.frame);
    }
    this.arrays.before.values.set(this.arrays.layers.values);
    this.backgrounds.set(backgrounds);
  }

  private lookAround(): void {
    const { specimen, counts } = this;
    const { seen, light } = this.arrays;
    const even = counts.map((plane) => new Float32Array(plane.length).fill(1));
    const leastSeen = 1e-3 * counts.length;
    specimen.spread(even, this.zUm, light.values, (j) => {
      const { values } = light;
      const start = j * values.length;
      for (let i = 0; i < values.length; i++)
        seen.values[start + i] = Math.max(values[i]!, leastSeen);
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

/** What the darkest samples of all planes have. */
function darkLevel(planes: readonly Float32Array[]): number {
  const least = planes.reduce(
    (min, plane) => plane.reduce((a, b) => Math.min(a, b), min),
    Infinity,
  );
  const above = planes.map((plane) => plane.map((value) => value - least));
  const samples = planes.reduce((sum, plane) => sum + plane.length, 0);
  return least + orderStatistic(above, Math.floor(DARK_SHARE * samples));
}
