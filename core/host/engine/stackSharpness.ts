import type { EngineCallOptions } from '#core/command/engineApi';
import type { TaskRunner } from '#core/command/TaskRunner';
import type { ImageStack } from '#core/image/ImageStack';

/**
 * Focus measure of each plane of one channel and time point, scaled so that the sharpest is 1.
 * Large planes are measured on a coarser level when the file has one.
 */
export async function stackSharpness(
  stack: ImageStack,
  { t, c }: { readonly t: number; readonly c: number },
  tasks: TaskRunner,
  { signal, onProgress }: EngineCallOptions,
): Promise<number[]> {
  const { levels } = stack.source;
  const level = Math.max(
    0,
    levels.findLastIndex(({ width, height }) => Math.min(width, height) >= 256),
  );
  const values: number[] = [];
  for (let z = 0; z < stack.shape.z; z++) {
    const pixels = await stack.source.read({ t, c, z }, { level, signal });
    values.push(await tasks.run('planeSharpness', { pixels, ...levels[level] }, signal));
    onProgress?.({ fraction: (z + 1) / stack.shape.z, step: 'Measuring sharpness' });
  }
  const largest = Math.max(...values);
  return largest > 0 ? values.map((value) => value / largest) : values;
}
