import type { ImageStack } from '#core/image/ImageStack';
import { cropPixels } from '#core/image/cropPixels';
import { readValues } from '#core/image/readValues';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { planeAgreement, type PlaneAgreement } from '#core/optics/fit/planeAgreement';
import { TileBlender } from '#core/reconstruct/TileBlender';
import { planTiles } from '#core/reconstruct/planTiles';
import type { CommandContext } from '#core/command/CommandContext';
import { rootMeanSquare } from './rootMeanSquare';

/** One height at which a volume is held against what it gives when it is re-blurred. */
export interface ReblurPlace {
  readonly zUm: number;
  /** The plane to compare with: of the measured stack, or of the volume itself. */
  readonly of: 'measured' | 'volume';
  readonly plane: number;
}

/** What came out at one place. */
export interface ReblurredPlane extends ReblurPlace {
  /** What stands there less the re-blurred volume, in grey levels, row-major (y, x). */
  readonly difference: Float32Array<ArrayBuffer>;
  /**
   * Its size beyond the noise of a measured plane, as a share of the structure that stands there; all as
   * root mean squares.
   */
  readonly relative: number;
}

/** What is compared, and through which optics. */
export interface ReblurRequest {
  readonly volume: ImageStack;
  readonly measured: ImageStack;
  readonly t: number;
  readonly c: number;
  readonly volumeZUm: readonly number[];
  readonly places: readonly ReblurPlace[];
  readonly system: OpticalSystem;
  readonly pixelSizeUm: { readonly x: number; readonly y: number };
}

/** The noise of a plane is known this well from its finest structure. */
const NOISE_TOLERANCE = 1.15;

/** Parts of the field that are fitted on their own, and how much of their neighbours they see. */
const TILE_PX = 384;
const OVERLAP_PX = 16;

/**
 * Re-blurs a volume and compares: finds the specimen behind the volume's planes at the given places, as
 * far as light and optics allow one (`fitSpecimen`), images it, and holds the images against what stands
 * there.
 */
export async function reblurredPlanes(
  context: Pick<CommandContext, 'signal' | 'progress' | 'tasks'>,
  request: ReblurRequest,
): Promise<ReblurredPlane[]> {
  const { places, system, pixelSizeUm } = request;
  const { x: width, y: height } = request.volume.shape;
  const stands = await planesAt(context.signal, request);
  const images = await imageTiles(context, request, stands);
  const field = { width, height, system, pixelSizeUm };
  return places.map((place, i) => {
    const agreement = planeAgreement(stands[i]!, images[i]!, field);
    const { difference } = agreement;
    return { ...place, difference, relative: relativeOf(agreement, place) };
  });
}

/** Fits every part of the field on a thread and puts together what the specimens look like. */
async function imageTiles(
  { signal, progress, tasks }: Pick<CommandContext, 'signal' | 'progress' | 'tasks'>,
  { volume, volumeZUm, places, system, pixelSizeUm }: ReblurRequest,
  stands: readonly Float32Array<ArrayBuffer>[],
): Promise<Float32Array<ArrayBuffer>[]> {
  const size = { width: volume.shape.x, height: volume.shape.y };
  const own = places.filter(({ of }) => of === 'volume');
  const planes = stands.filter((_, i) => places[i]!.of === 'volume');
  const images = places.map(() => new TileBlender(size.width, size.height));
  const tiles = planTiles(size.width, size.height, {
    ...{ tilePx: TILE_PX, haloPx: OVERLAP_PX, blendPx: 0, multiplePx: 1 },
  });
  const heights = places.map(({ zUm }) => zUm);
  let done = 0;
  const tell = (): void =>
    progress({
      fraction: done / tiles.length,
      step: `Fitting a specimen to part ${Math.min(done + 1, tiles.length)} of ${tiles.length}`,
    });
  tell();
  await Promise.all(
    tiles.map(async (tile) => {
      const input = {
        ...{ system, pixelSizeUm, width: tile.block.width, height: tile.block.height },
        planes: planes.map((plane) => cropPixels(plane, size, tile.block)),
        zUm: own.map(({ plane }) => volumeZUm[plane]!),
        rangeUm: [Math.min(...heights), Math.max(...heights)] as const,
      };
      const specimen = await tasks.run('fitSpecimen', input, signal);
      for (const [i, zUm] of heights.entries()) {
        images[i]!.add(tile, await tasks.run('specimenImage', { specimen, zUm }, signal));
      }
      done++;
      tell();
    }),
  );
  return images.map((image) => image.finish());
}

/** What stands at the places: a measured plane, or one of the volume. */
async function planesAt(
  signal: AbortSignal,
  { volume, measured, places, t, c }: ReblurRequest,
): Promise<Float32Array<ArrayBuffer>[]> {
  const planes: Float32Array<ArrayBuffer>[] = [];
  for (const { of, plane } of places) {
    signal.throwIfAborted();
    const source = of === 'measured' ? measured : volume;
    planes.push((await readValues(source, { t, c, z: plane }, { signal })).data);
  }
  return planes;
}

/** A measured plane differs by its own noise from the best volume that there is; a volume should hold none. */
function relativeOf({ structure, difference, noiseRms }: PlaneAgreement, { of }: ReblurPlace) {
  const size = rootMeanSquare(structure);
  const noise = of === 'measured' ? NOISE_TOLERANCE * noiseRms : 0;
  const excess = Math.sqrt(Math.max(0, rootMeanSquare(difference) ** 2 - noise ** 2));
  return size > 0 ? excess / size : 0;
}
