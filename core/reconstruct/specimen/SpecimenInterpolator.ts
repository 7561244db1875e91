import { cropPixels } from '#core/image/cropPixels';
import type { LevelSize } from '#core/image/PlaneSource';
import type { SpecimenFit as NetworkFit } from '#core/network/parseSpecimenFits';
import { planTiles, type Tile } from '#core/reconstruct/planTiles';
import { TileBlender } from '#core/reconstruct/TileBlender';
import { meanOf } from '#core/util/meanOf';
import { tellMean } from '#core/util/tellMean';
import { untilAborted } from '#core/util/untilAborted';

type Pixels = Float32Array<ArrayBuffer>;

/** A flat plane and its height. */
export interface FlatInput {
  /** Row-major (y, x); values that are not finite count as 0. */
  readonly image: Pixels;
  readonly zUm: number;
}

/** The field of view, and through what it is seen. */
export interface SeenField<Optics> extends LevelSize {
  readonly pixelSizeUm: { readonly x: number; readonly y: number };
  readonly system: Optics;
}

/** What a specimen is to explain. */
interface FitRequest<Optics, Specimen> extends SeenField<Optics> {
  readonly planes: readonly Pixels[];
  readonly zUm: readonly number[];
  readonly rangeUm: readonly [number, number];
  readonly model: 'layers' | 'grains' | 'points';
  readonly steps?: number;
  /** One that was seen through the same optics, which then need not be found again. */
  readonly like?: Specimen;
}

/** Whoever finds specimens and images them, at once or later. */
export interface SpecimenWork<Optics, Specimen> {
  fitSpecimen(
    request: FitRequest<Optics, Specimen>,
    tell: (fraction: number) => void,
  ): Specimen | Promise<Specimen>;
  specimenImage(
    request: { readonly specimen: Specimen; readonly zUm: number },
    signal?: AbortSignal,
  ): Pixels | Promise<Pixels>;
}

/** How specimens are fitted for a network. */
export type SpecimenFit = NetworkFit & {
  /** How far from a single plane images are wanted, in micrometres. */
  readonly reachAloneUm: number;
};

/** Specimens that were fitted to some planes, one for each tile. */
interface Known<Specimen> {
  readonly images: readonly Pixels[];
  readonly rangeUm: readonly [number, number];
  readonly specimens: readonly Promise<Specimen>[];
}

/** Large fields are fitted in parts, each with what lies around it. */
const TILE_PX = 512;
const HALO_PX = 64;
const BLEND_PX = 32;

/** All planes together, and each of three left out once. */
const SETS_KEPT = 4;

/**
 * Planes at any height from a few others: what the fluorescent specimen that explains those best looks like
 * there. Specimens are kept, so that a further height of the same planes costs little.
 */
export class SpecimenInterpolator<Optics, Specimen> {
  private readonly field: SeenField<Optics>;
  private readonly fit: SpecimenFit;
  private readonly work: SpecimenWork<Optics, Specimen>;
  private readonly tiles: readonly Tile[];
  private known: readonly Known<Specimen>[] = [];

  constructor(field: SeenField<Optics>, fit: SpecimenFit, work: SpecimenWork<Optics, Specimen>) {
    this.field = field;
    this.fit = fit;
    this.work = work;
    const { width, height } = field;
    this.tiles = planTiles(width, height, {
      ...{ tilePx: TILE_PX, haloPx: HALO_PX, blendPx: BLEND_PX, multiplePx: 1 },
    });
  }

  /**
   * The plane at a height; beyond what the inputs tell of, the last that they do.
   *
   * @param inputs in any order
   * @param tell hears how far the fit is, 0 to 1, if there has to be one
   * @returns row-major (y, x)
   * @throws AxialError CancelledError when the signal fires
   */
  async plane(
    inputs: readonly FlatInput[],
    targetUm: number,
    signal?: AbortSignal,
    tell: (fraction: number) => void = () => {},
  ): Promise<Pixels> {
    const { specimens, rangeUm } = this.specimensOf(inputs, tell);
    const zUm = Math.min(rangeUm[1], Math.max(rangeUm[0], targetUm));
    const imageOf = async (i: number): Promise<Pixels> => {
      // A fit is for all who wait for it, so that one who is cancelled is let go alone.
      const specimen = await untilAborted(specimens[i]!, signal);
      return this.work.specimenImage({ specimen, zUm }, signal);
    };
    if (this.tiles.length === 1) return imageOf(0);
    const blender = new TileBlender(this.field.width, this.field.height);
    for (const [i, tile] of this.tiles.entries()) blender.add(tile, await imageOf(i));
    return blender.finish();
  }

  /** The same, which tells the same listener how far fits are. */
  telling(tell?: (fraction: number) => void) {
    return {
      plane: (inputs: readonly FlatInput[], targetUm: number, signal?: AbortSignal) =>
        this.plane(inputs, targetUm, signal, tell),
    };
  }

  private specimensOf(
    inputs: readonly FlatInput[],
    tell: (fraction: number) => void,
  ): Known<Specimen> {
    const sorted = inputs.toSorted((a, b) => a.zUm - b.zUm);
    const same = ({ images }: Known<Specimen>): boolean =>
      images.length === sorted.length && sorted.every(({ image }, i) => image === images[i]);
    const known = this.known.find(same) ?? this.fitted(sorted, tell);
    this.known = [known, ...this.known.filter((other) => other !== known)].slice(0, SETS_KEPT);
    return known;
  }

  private fitted(inputs: readonly FlatInput[], tell: (fraction: number) => void): Known<Specimen> {
    const { reachAloneUm, ...method } = this.fit;
    const { field } = this;
    const images = inputs.map(({ image }) => image);
    const zUm = inputs.map((input) => input.zUm);
    const reachUm = inputs.length === 1 ? reachAloneUm : 0;
    const rangeUm = [Math.min(...zUm) - reachUm, Math.max(...zUm) + reachUm] as const;
    const ofTiles = tellMean(this.tiles.length, tell);
    const fit = async (i: number, like?: Specimen): Promise<Specimen> => {
      const { block } = this.tiles[i]!;
      const request = {
        ...{ ...field, width: block.width, height: block.height },
        planes: images.map((image) => withoutHoles(cropPixels(image, field, block))),
        ...{ ...method, zUm, rangeUm },
      };
      return this.work.fitSpecimen(like ? { ...request, like } : request, ofTiles[i]!);
    };
    // All parts were seen through the same optics; they are told from the one with the most structure.
    const first = this.mostStructured(images[images.length >> 1]!);
    const leading = fit(first);
    const specimens = this.tiles.map(async (_, i) =>
      i === first ? leading : fit(i, await leading),
    );
    const found = { images, rangeUm, specimens };
    for (const specimen of specimens) specimen.catch(() => this.forget(found));
    return found;
  }

  /** The number of the part in which an image varies most. */
  private mostStructured(image: Pixels): number {
    if (this.tiles.length === 1) return 0;
    const powers = this.tiles.map(({ core }) => {
      const pixels = withoutHoles(cropPixels(image, this.field, core));
      const mean = meanOf(pixels);
      return pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    });
    return powers.indexOf(Math.max(...powers));
  }

  /** A failure is forgotten, so that it can be tried again. */
  private forget(failed: Known<Specimen>): void {
    this.known = this.known.filter((other) => other !== failed);
  }
}

function withoutHoles(pixels: Pixels): Pixels {
  for (let i = 0; i < pixels.length; i++) if (!Number.isFinite(pixels[i])) pixels[i] = 0;
  return pixels;
}
