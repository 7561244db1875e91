import type { ImageStack } from '#core/image/ImageStack';
import type { Region } from '#core/image/PlaneSource';
import { readValues } from '#core/image/readValues';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { planeAgreement, type PlaneAgreement } from '#core/optics/fit/planeAgreement';
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
  const { volume, measured, places } = request;
  const images = places.map(() => new Float32Array(volume.shape.y * volume.shape.x));
  const stands = await planesAt(context.signal, request, places, (place) =>
    place.of === 'measured' ? measured : volume,
  );
  await imageTiles(context, request, images);
  const field = { ...volumeSize(volume), ...request };
  return places.map((place, i) => {
    const agreement = planeAgreement(stands[i]!, images[i]!, field);
    const { difference } = agreement;
    return { ...place, difference, relative: relativeOf(agreement, place) };
  });
}

/** Fits every part of the field on a thread and puts together what the specimens look like. */
async function imageTiles(
  { signal, progress, tasks }: Pick<CommandContext, 'signal' | 'progress' | 'tasks'>,
  request: ReblurRequest,
  images: readonly Float32Array[],
): Promise<void> {
  const { volume, volumeZUm, places, system, pixelSizeUm } = request;
  const { width, height } = volumeSize(volume);
  const own = places.filter(({ of }) => of === 'volume');
  const planes = await planesAt(signal, request, own, () => volume);
  const tiles = planTiles(width, height, {
    ...{ tilePx: TILE_PX, haloPx: OVERLAP_PX, blendPx: 0, multiplePx: 1 },
  });
  let done = 0;
  const tell = (): void =>
    progress({
      fraction: done / tiles.length,
      step: `Fitting a specimen to part ${Math.min(done + 1, tiles.length)} of ${tiles.length}`,
    });
  tell();
  await Promise.all(
    tiles.map(async ({ block, core }) => {
      const input = {
        ...{ system, pixelSizeUm, width: block.width, height: block.height },
        planes: planes.map((plane) => cut(plane, width, block)),
        zUm: own.map(({ plane }) => volumeZUm[plane]!),
        wantedZUm: places.map(({ zUm }) => zUm),
      };
      const found = await tasks.run('fitSpecimen', input, signal);
      found.forEach((image, i) => paste(image, block, images[i]!, width, core));
      done++;
      tell();
    }),
  );
}

async function planesAt(
  signal: AbortSignal,
  { t, c }: ReblurRequest,
  places: readonly ReblurPlace[],
  sourceOf: (place: ReblurPlace) => ImageStack,
): Promise<Float32Array[]> {
  const planes: Float32Array[] = [];
  for (const place of places) {
    signal.throwIfAborted();
    planes.push((await readValues(sourceOf(place), { t, c, z: place.plane }, { signal })).data);
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

function volumeSize({ shape }: ImageStack): { width: number; height: number } {
  return { width: shape.x, height: shape.y };
}

/** The part of a plane that lies in a region, row-major (y, x). */
function cut(plane: Float32Array, width: number, region: Region): Float32Array<ArrayBuffer> {
  const part = new Float32Array(region.width * region.height);
  for (let y = 0; y < region.height; y++) {
    const start = (region.y + y) * width + region.x;
    part.set(plane.subarray(start, start + region.width), y * region.width);
  }
  return part;
}

/** Copies the core of a tile's image to where it belongs. */
function paste(
  image: Float32Array,
  block: Region,
  plane: Float32Array,
  width: number,
  core: Region,
): void {
  for (let y = core.y; y < core.y + core.height; y++) {
    const start = (y - block.y) * block.width + core.x - block.x;
    plane.set(image.subarray(start, start + core.width), y * width + core.x);
  }
}
