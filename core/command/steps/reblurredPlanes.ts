import type { ImageStack } from '#core/image/ImageStack';
import { readValues } from '#core/image/readValues';
import { reblurWeights } from '#core/optics/reblurWeights';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { VolumeReblur } from '#core/optics/VolumeReblur';
import type { CommandContext } from '#core/command/CommandContext';
import { rootMeanSquare } from './rootMeanSquare';

/** One height at which a volume is held against what it gives when it is re-blurred. */
export interface ReblurPlace {
  readonly zUm: number;
  /** The plane to compare with: of the measured stack, or of the volume itself between them. */
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

/** Re-blurs a volume plane by plane and compares it at the given places. */
export async function reblurredPlanes(
  context: Pick<CommandContext, 'signal' | 'progress'>,
  request: ReblurRequest,
): Promise<ReblurredPlane[]> {
  const { volume, measured, t, c, volumeZUm, places, system, pixelSizeUm } = request;
  const { signal } = context;
  const { x: width, y: height } = volume.shape;
  context.progress({ fraction: 0, step: 'Tabulating the optics' });
  const weights = reblurWeights({
    ...{ system, volumeZUm, wantedZUm: places.map(({ zUm }) => zUm) },
    fieldUm: Math.max(width * pixelSizeUm.x, height * pixelSizeUm.y),
  });
  const counts = { wanted: places.length, volume: volumeZUm.length };
  const reblur = new VolumeReblur(weights, { width, height, pixelSizeUm }, counts);
  for (let z = 0; z < volumeZUm.length; z++) {
    signal.throwIfAborted();
    reblur.add((await readValues(volume, { t, c, z }, { signal })).data, z);
    const step = `Re-blurring plane ${z + 1} of ${volumeZUm.length}`;
    context.progress({ fraction: (z + 1) / volumeZUm.length, step });
  }
  const compared: ReblurredPlane[] = [];
  for (const [row, place] of places.entries()) {
    signal.throwIfAborted();
    const source = place.of === 'measured' ? measured : volume;
    const { data } = await readValues(source, { t, c, z: place.plane }, { signal });
    const { structure, difference, noiseRms } = reblur.compare(data, row);
    const size = rootMeanSquare(structure);
    // A measured plane differs by its own noise from the best volume that there is.
    const noise = place.of === 'measured' ? NOISE_TOLERANCE * noiseRms : 0;
    const excess = Math.sqrt(Math.max(0, rootMeanSquare(difference) ** 2 - noise ** 2));
    const relative = size > 0 ? excess / size : 0;
    compared.push({ ...place, difference, relative });
  }
  return compared;
}
