import type { ImageStack } from '#core/image/ImageStack';
import type { Plane } from '#core/image/Plane';
import { readPlane } from '#core/image/readPlane';
import type { CommandContext } from '#core/command/CommandContext';
import { requireFinite } from './requireFinite';

/** Mean of all planes and time points of one channel, which are read one at a time. */
export async function meanPlane(
  { signal, progress }: Pick<CommandContext, 'signal' | 'progress'>,
  stack: ImageStack,
  c: number,
): Promise<Plane> {
  const { x: width, y: height, z: planes, t: times, c: channels } = stack.shape;
  const sums = new Float64Array(width * height);
  const count = planes * times;
  for (let page = 0; page < count; page++) {
    signal.throwIfAborted();
    const index = { t: Math.floor(page / planes), c, z: page % planes };
    const plane = await readPlane(stack, index, { signal });
    requireFinite(plane, index.z, stack.name);
    for (let i = 0; i < sums.length; i++) sums[i] += plane.data[i];
    const fraction = (c * count + page + 1) / (channels * count);
    progress({ fraction, step: `Averaging plane ${page + 1} of ${count}` });
  }
  return { width, height, data: Float32Array.from(sums, (sum) => sum / count) };
}
