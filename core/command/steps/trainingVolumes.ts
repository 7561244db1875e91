import { cropPixels } from '#core/image/cropPixels';
import type { ImageStack } from '#core/image/ImageStack';
import { readPlane } from '#core/image/readPlane';
import { estimateNormalisation } from '#core/normalise/estimateNormalisation';
import type { Normalisation } from '#core/normalise/Normalisation';
import { triangleThreshold } from '#core/threshold/triangleThreshold';
import { coverRegions, type Region } from '#core/training/data/coverRegions';
import { foregroundOf } from '#core/training/data/foregroundOf';
import { middlePlane } from '#core/training/data/middlePlane';
import { fuseStack, type FuseContext } from './fuseStack';

/** What a stack of training data is cut into. */
export interface TrainingVolumeOptions {
  /** Side of the regions in pixels; at most that of the stack. @default 256 */
  readonly side?: number;
  /** Share of a region that others may cover, too. @default 0.05 */
  readonly overlap?: number;
  /** Planes on either side of the one in focus. @default all */
  readonly reach?: number;
}

/** One region of a stack through all of its depth, normalised; planes are row-major (y, x). */
export interface TrainingRegion {
  readonly region: Region;
  /** The plane of the stack that is sharpest here. */
  readonly middle: number;
  /** The plane of the stack that is the first of these. */
  readonly firstPlane: number;
  readonly measured: readonly Float32Array<ArrayBuffer>[];
  /** The same planes without noise, on the same scale, where they are known. */
  readonly truth: readonly Float32Array<ArrayBuffer>[] | null;
}

/** The regions of a stack that are worth training on. */
export interface TrainingVolumes {
  readonly normalisation: Normalisation;
  readonly regions: readonly TrainingRegion[];
}

/**
 * Prepares one channel of an aligned stack, or of a simulated one with its noise-free truth, as the papers
 * do: all-in-focus image, triangle threshold, normalisation of every plane by that image, foreground
 * by geodesic dilation, a greedy cover by regions, and the plane in focus of each.
 *
 * @param stack time point 0, channel 0 of it are taken
 * @param truth of the same shape and in the same grey levels, or `null`
 * @throws AxialError when a value is not finite or no scale follows
 */
export async function trainingVolumes(
  context: FuseContext,
  stack: ImageStack,
  truth: ImageStack | null,
  { side = 256, overlap, reach = Infinity }: TrainingVolumeOptions = {},
): Promise<TrainingVolumes> {
  const { fused } = await fuseStack(context, stack, { t: 0, c: 0, method: 'complex-wavelet' });
  const { threshold } = triangleThreshold(fused);
  const normalisation = estimateNormalisation(fused, threshold, 'paper');
  const foreground = foregroundOf(fused, threshold, normalisation.offset);
  const { x: width, y: height, z } = stack.shape;
  const measured = await normalisedPlanes(context, stack, normalisation);
  const known = truth && (await normalisedPlanes(context, truth, normalisation));
  const cover = coverRegions(foreground, { width, height, side, overlap });
  const regions = cover.map((region): TrainingRegion => {
    const middle = middlePlane(measured, width, region);
    const firstPlane = Math.max(0, middle - reach);
    const { left, top } = region;
    const square = { x: left, y: top, width: side, height: side };
    const cut = (planes: readonly Float32Array<ArrayBuffer>[]) =>
      planes
        .slice(firstPlane, Math.min(z, middle + reach + 1))
        .map((plane) => cropPixels(plane, { width, height }, square));
    return { region, middle, firstPlane, measured: cut(measured), truth: known && cut(known) };
  });
  return { normalisation, regions };
}

async function normalisedPlanes(
  { signal }: FuseContext,
  stack: ImageStack,
  { offset, scale }: Normalisation,
): Promise<Float32Array<ArrayBuffer>[]> {
  const planes: Float32Array<ArrayBuffer>[] = [];
  for (let z = 0; z < stack.shape.z; z++) {
    const { data } = await readPlane(stack, { t: 0, c: 0, z }, { signal });
    planes.push(data.map((value) => (value - offset) / scale));
  }
  return planes;
}
