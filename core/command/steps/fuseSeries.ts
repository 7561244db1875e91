import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { bytesPerSample, type PixelArray, type PixelType } from '#core/image/PixelType';
import { singlePlaneCalibration } from '#core/image/singlePlaneCalibration';
import type { CommandContext } from '#core/command/CommandContext';
import { partOf } from './fuseChannels';
import type { FuseContext } from './fuseStack';
import { lastComputed } from './lastComputed';

/** Images and height maps, all channels of one time point or whole stacks of them. */
export interface Fused<T> {
  readonly fused: T;
  readonly heightMap: T;
}

/** Fuses all channels of time point `t`, counted from 0. */
export type FuseTimePoint = (t: number, context: FuseContext) => Promise<Fused<PixelArray[]>>;

/** Results up to this size are made at once and held. */
const HELD_BYTES = 2 ** 28;

/**
 * Fuses all time points of a stack. The results of a long series would not fit into memory: its time
 * points are fused when somebody reads them, one after the other.
 */
export async function fuseSeries(
  context: CommandContext,
  stack: ImageStack,
  heightType: PixelType,
  fuse: FuseTimePoint,
): Promise<Fused<ImageStack>> {
  const { t: timePoints, c, y, x } = stack.shape;
  const fused = projectionOf(stack, stack.pixelType, 'EDF');
  const heightMap = projectionOf(stack, heightType, 'height');
  const sampleBytes = bytesPerSample(stack.pixelType) + bytesPerSample(heightType);
  if (timePoints === 1 || timePoints * c * y * x * sampleBytes <= HELD_BYTES) {
    const made: Fused<PixelArray[]> = { fused: [], heightMap: [] };
    for (let t = 0; t < timePoints; t++) {
      const result = await fuse(t, partOf(context, t / timePoints, (t + 1) / timePoints));
      made.fused.push(...result.fused);
      made.heightMap.push(...result.heightMap);
    }
    return {
      fused: { ...fused, source: memoryPlaneSource(fused.shape, made.fused) },
      heightMap: {
        ...heightMap,
        source: memoryPlaneSource(heightMap.shape, made.heightMap),
      },
    };
  }
  context.note(
    'The images of all time points are too large to hold, so each is fused when it is saved or looked at; saving images and height maps fuses twice.',
  );
  const { tasks } = context;
  const at = lastComputed((t, signal = new AbortController().signal) =>
    fuse(t, { tasks, signal, progress: () => {} }),
  );
  return {
    fused: mapPlanes(
      stack,
      async (index, signal) => (await at(index.t, signal)).fused[index.c].slice(),
      fused,
    ),
    heightMap: mapPlanes(
      stack,
      async (index, signal) => (await at(index.t, signal)).heightMap[index.c].slice(),
      heightMap,
    ),
  };
}

/** What the projection of a stack along z is like; its source is still that of the stack. */
function projectionOf(stack: ImageStack, pixelType: PixelType, suffix: string): ImageStack {
  const { origin: _origin, ...rest } = stack;
  return {
    ...rest,
    name: `${stack.name} ${suffix}`,
    shape: { ...stack.shape, z: 1 },
    pixelType,
    calibration: singlePlaneCalibration(stack.calibration),
  };
}
