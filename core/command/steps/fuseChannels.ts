import { channelCovariance, luminanceWeights, projectChannels } from '#core/focus/channelWeights';
import { heightsOf } from '#core/focus/heightsOf';
import type { ImageStack } from '#core/image/ImageStack';
import type { Plane } from '#core/image/Plane';
import { readPlane } from '#core/image/readPlane';
import { fuseReadPlanes, fuseStack, type FuseContext, type FuseMethod } from './fuseStack';
import { requireFinite } from './requireFinite';

/** How the channels of a colour image are fused. */
export const CHANNEL_MODES = ['separate', 'luminance', 'principal'] as const;

/** The fused channels of one time point, and the heights of each. */
export interface FusedChannels {
  readonly fused: readonly Plane[];
  readonly heights: readonly Plane[];
}

/** Shares of the work when channels are fused together: find the projection, fuse it, copy the values. */
const PROJECTED = 0.15;
const COPIED = 0.2;

/**
 * Fuses all channels of a time point: each for itself, or from the planes that one projection of all
 * channels chose, so that colours stay true.
 */
export async function fuseChannels(
  context: FuseContext,
  stack: ImageStack,
  t: number,
  mode: (typeof CHANNEL_MODES)[number],
  how: FuseMethod,
): Promise<FusedChannels> {
  if (mode !== 'separate' && stack.shape.c > 1) return together(context, stack, t, mode, how);
  const fused: Plane[] = [];
  const heights: Plane[] = [];
  for (let c = 0; c < stack.shape.c; c++) {
    const part = partOf(context, c / stack.shape.c, (c + 1) / stack.shape.c);
    const result = await fuseStack(part, stack, { t, c, ...how });
    fused.push(result.fused);
    heights.push(heightsOf(result));
  }
  return { fused, heights };
}

/** A context whose progress fills a part of the whole. */
export function partOf(context: FuseContext, from: number, to: number): FuseContext {
  return {
    ...context,
    progress: ({ fraction, step }) =>
      context.progress({
        fraction: fraction === null ? null : from + (to - from) * fraction,
        step,
      }),
  };
}

async function together(
  context: FuseContext,
  stack: ImageStack,
  t: number,
  mode: 'luminance' | 'principal',
  how: FuseMethod,
): Promise<FusedChannels> {
  const { c: channelCount, z: planeCount } = stack.shape;
  const readAll = (z: number): Promise<Plane[]> =>
    Promise.all(
      Array.from({ length: channelCount }, async (_, c) => {
        const plane = await readPlane(stack, { t, c, z }, { signal: context.signal });
        requireFinite(plane, z, stack.name);
        return plane;
      }),
    );
  const start = mode === 'principal' ? PROJECTED : 0;
  const weights =
    mode === 'principal'
      ? await principalWeights(partOf(context, 0, start), stack, readAll)
      : luminanceWeights(channelCount);
  const fusing = partOf(context, start, 1 - COPIED);
  const read = async (z: number): Promise<Plane> => projectChannels(await readAll(z), weights);
  const { heightMap } = await fuseReadPlanes(fusing, planeCount, read, how);
  const { width, height } = heightMap;
  const fused = weights.map(() => ({
    width,
    height,
    data: new Float32Array(width * height),
  }));
  const copying = partOf(context, 1 - COPIED, 1);
  for (let z = 0; z < planeCount; z++) {
    const channels = await readAll(z);
    channels.forEach(({ data }, c) => copyChosen(data, heightMap.data, z, fused[c].data));
    copying.progress({
      fraction: (z + 1) / planeCount,
      step: `Copying ${planeCount} planes`,
    });
  }
  const heights = { width, height, data: new Float32Array(heightMap.data) };
  return { fused, heights: weights.map(() => heights) };
}

async function principalWeights(
  { progress }: Pick<FuseContext, 'progress'>,
  { shape }: ImageStack,
  readAll: (z: number) => Promise<Plane[]>,
): Promise<number[]> {
  const covariance = channelCovariance(shape.c);
  for (let z = 0; z < shape.z; z++) {
    covariance.add(await readAll(z));
    progress({ fraction: (z + 1) / shape.z, step: 'Comparing the channels' });
  }
  return covariance.principalWeights();
}

function copyChosen(data: Float32Array, chosen: Uint16Array, z: number, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) if (chosen[i] === z) out[i] = data[i];
}
