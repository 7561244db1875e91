import { halfSize, halved } from '#core/image/halved';
import type { LayeredField } from './LayeredSpecimen';
import type { LayersEffort, LayersMethod } from './layersMethods';
import { LayersEstimate, type CountedPlanes } from './LayersEstimate';

/** Where a search begins, and how many steps it takes at which resolution. */
export type LayersPlan = LayersEffort & Pick<LayersMethod, 'stepShares'>;

/** Fields that are narrower in pixels are not halved. */
const LEAST_HALVED = 32;

/** The search for layers of light through one aperture, from coarse to fine. */
export class LayersSearch {
  private readonly pyramid: readonly CountedPlanes[];
  private readonly steps: readonly number[];
  private level: number;
  private current: LayersEstimate;

  constructor(
    planes: CountedPlanes,
    { steps, depthExponent, finestGrain, stepShares }: LayersPlan,
  ) {
    const [finest, ...coarser] = pyramidOf(planes, stepShares.length);
    const pyramid = [ofGrains(finest!, finestGrain), ...coarser];
    this.pyramid = pyramid;
    this.steps = stepsOfLevels(steps, stepShares.slice(0, pyramid.length));
    this.level = pyramid.length;
    this.current = new LayersEstimate(pyramid.at(-1)!, { depthExponent });
  }

  get field(): LayeredField {
    return this.pyramid[0]!.field;
  }

  get estimate(): LayersEstimate {
    return this.current;
  }

  /**
   * Takes the steps of the levels down to one, or of the coarsest if it has not been reached.
   *
   * @param to 0 is the full resolution, 1 a half
   * @param tell hears how far it is, 0 to 1
   */
  refine(to: number, tell: (fraction: number) => void): void {
    const last = Math.min(to, this.pyramid.length - 1);
    const from = this.level;
    while (this.level > last) {
      this.level--;
      const { level, pyramid } = this;
      if (level < pyramid.length - 1)
        this.current = new LayersEstimate(pyramid[level]!, { rough: this.current });
      const done = from - level - 1;
      const steps = this.steps[level]!;
      this.current.improve(steps, (step) => tell((done + step / steps) / (from - last)));
    }
    tell(1);
  }
}

/** Planes at the full resolution, at half of it and so on. */
function pyramidOf(planes: CountedPlanes, mostLevels: number): readonly CountedPlanes[] {
  const pyramid = [planes];
  let narrower = Math.min(planes.field.width, planes.field.height);
  for (; pyramid.length < mostLevels && narrower >= LEAST_HALVED; narrower /= 2)
    pyramid.push(halvedPlanes(pyramid.at(-1)!));
  return pyramid;
}

/** All steps, those of levels that a small field lacks on its coarsest one. */
function stepsOfLevels(steps: number, shares: readonly number[]): number[] {
  const finer = shares.slice(0, -1).map((share) => Math.max(1, Math.round(share * steps)));
  const taken = finer.reduce((sum, count) => sum + count, 0);
  return [...finer, Math.max(1, steps - taken)];
}

/** The same at half the resolution. */
function halvedPlanes({ field, counts, zUm }: CountedPlanes): CountedPlanes {
  const { x, y } = field.pixelSizeUm;
  const half = { ...field, ...halfSize(field), pixelSizeUm: { x: 2 * x, y: 2 * y } };
  return { field: half, counts: counts.map((plane) => halved(plane, field)), zUm };
}

/** The same with grains of another width, as a share of theirs. */
function ofGrains({ field, ...planes }: CountedPlanes, share: number): CountedPlanes {
  return { ...planes, field: { ...field, grainUm: share * (field.grainUm ?? 0) } };
}
