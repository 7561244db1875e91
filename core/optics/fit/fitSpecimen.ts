import { orderStatistic } from '#core/optics/orderStatistic';
import { LayeredSpecimen, type LayeredField } from './LayeredSpecimen';
import { meanOf } from '#core/util/meanOf';

/** What a specimen is to explain. */
export interface FitRequest extends Omit<LayeredField, 'rangeUm'> {
  /** Planes of a volume in any linear unit, row-major (y, x). */
  readonly planes: readonly Float32Array[];
  /** Their heights in micrometres. */
  readonly zUm: readonly number[];
  /** Heights at which images of the specimen are wanted, in micrometres. */
  readonly wantedZUm: readonly number[];
  /** @default 25 */
  readonly steps?: number;
}

/** Below this share of the samples a plane is dark. */
const DARK_SHARE = 5e-4;

/** Keeps sums of no light from dividing by nothing, as a share of the mean light. */
const LEAST_SHARE = 1e-4;

/** A step goes on at most this far in the direction of the one before. */
const MOST_MOMENTUM = 0.9;

/**
 * Finds the fluorescent specimen that explains the planes of a volume best, and images it. Fluorescence
 * is never negative: that is what separates planes that a microscope could have taken from planes that
 * merely look like them. A structure that is sharp in one plane must be blurred in the next by what the
 * optics say; had it faded in place, some layer would have to hold less than nothing.
 *
 * Expectation maximisation for light that is counted (Richardson 1972, doi:10.1364/JOSA.62.000055;
 * Shepp & Vardi 1982, doi:10.1109/TMI.1982.4307558), sped up by going on in the direction of the last
 * step (Biggs & Andrews 1997, doi:10.1364/AO.36.001766). Each plane has an even background of its own.
 * Only samples inside the field count; what lies around it is found as well.
 *
 * @returns images at `wantedZUm`, row-major (y, x), without background
 * @throws RangeError when there is no plane
 */
export function fitSpecimen(request: FitRequest): Float32Array<ArrayBuffer>[] {
  const { planes, zUm, wantedZUm, steps = 25 } = request;
  if (planes.length === 0) throw new RangeError('There is no plane.');
  const heights = [...zUm, ...wantedZUm];
  const rangeUm = [Math.min(...heights), Math.max(...heights)] as const;
  const specimen = new LayeredSpecimen({ ...request, rangeUm });
  const estimate = new Estimate(specimen, countsOf(planes), zUm);
  for (let step = 0; step < steps; step++) estimate.improve();
  return specimen.imaged(estimate.layers, wantedZUm);
}

/** Layers and backgrounds, improved step by step. */
class Estimate {
  readonly layers: Float32Array<ArrayBuffer>[];
  private readonly specimen: LayeredSpecimen;
  private readonly counts: readonly Float32Array[];
  private readonly zUm: readonly number[];
  private readonly backgrounds: Float64Array;
  /** How much of the light of each sample of a layer falls into the field, on all planes together. */
  private readonly seen: readonly Float32Array[];
  private readonly before: Float32Array<ArrayBuffer>[];
  private readonly change: Float32Array<ArrayBuffer>[];
  private readonly least: number;

  constructor(specimen: LayeredSpecimen, counts: readonly Float32Array[], zUm: readonly number[]) {
    this.specimen = specimen;
    this.counts = counts;
    this.zUm = zUm;
    const mean = counts.reduce((sum, plane) => sum + meanOf(plane), 0) / counts.length;
    const count = specimen.layerZUm.length;
    this.least = LEAST_SHARE * mean || 1;
    this.backgrounds = new Float64Array(counts.length).fill(mean / 4);
    const layer = (value: number): Float32Array<ArrayBuffer> =>
      new Float32Array(specimen.area).fill(value);
    this.layers = Array.from({ length: count }, () => layer((0.75 * mean) / count));
    this.before = Array.from({ length: count }, () => layer(0));
    this.change = Array.from({ length: count }, () => layer(0));
    const seen: Float32Array[] = [];
    const even = counts.map((plane) => new Float32Array(plane.length).fill(1));
    const leastSeen = 1e-3 * counts.length;
    specimen.spread(even, zUm, (_, light) =>
      seen.push(light.map((value) => Math.max(value, leastSeen))),
    );
    this.seen = seen;
  }

  improve(): void {
    const { specimen, layers, change } = this;
    const ratios = this.ratios(specimen.imaged(layers, this.zUm));
    let [along, before] = [0, 0];
    specimen.spread(ratios, this.zUm, (j, light) => {
      const [layer, last, seen] = [layers[j]!, change[j]!, this.seen[j]!];
      for (let i = 0; i < layer.length; i++) {
        const better = Math.max(0, (layer[i]! * light[i]!) / seen[i]!);
        const step = better - layer[i]!;
        along += step * last[i]!;
        before += last[i]! * last[i]!;
        last[i] = step;
        layer[i] = better;
      }
    });
    this.goOn(before > 0 ? Math.min(MOST_MOMENTUM, Math.max(0, along / before)) : 0);
  }

  /** Goes on from where the last step led, in its direction. */
  private goOn(momentum: number): void {
    this.layers.forEach((layer, j) => {
      const before = this.before[j]!;
      for (let i = 0; i < layer.length; i++) {
        const here = layer[i]!;
        layer[i] = Math.max(0, here + momentum * (here - before[i]!));
        before[i] = here;
      }
    });
  }

  /** What was counted over what is expected; backgrounds follow. */
  private ratios(expected: readonly Float32Array[]): Float32Array[] {
    return expected.map((plane, p) => {
      const [counts, background] = [this.counts[p]!, this.backgrounds[p]!];
      const ratio = plane.map((value, i) => counts[i]! / Math.max(this.least, value + background));
      this.backgrounds[p] = background * meanOf(ratio);
      return ratio;
    });
  }
}

/** The planes above their darkest samples. */
function countsOf(planes: readonly Float32Array[]): Float32Array[] {
  const least = planes.reduce(
    (min, plane) => plane.reduce((a, b) => Math.min(a, b), min),
    Infinity,
  );
  const above = planes.map((plane) => plane.map((value) => value - least));
  const samples = planes.reduce((sum, plane) => sum + plane.length, 0);
  const dark = orderStatistic(above, Math.floor(DARK_SHARE * samples));
  for (const plane of above) plane.forEach((value, i) => (plane[i] = Math.max(0, value - dark)));
  return above;
}
