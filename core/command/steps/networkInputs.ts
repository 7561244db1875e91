import type { ImageStack } from '#core/image/ImageStack';
import { readPlane } from '#core/image/readPlane';
import type { CommandContext } from '#core/command/CommandContext';
import { stackNormalisation, type NormalisationMethodName } from './normaliseStack';

/** One time point and channel as the network sees it. */
export interface PreparedInputs {
  /** measured value = network value * scale + offset */
  readonly offset: number;
  readonly scale: number;
  /** The normalised samples of the given planes of the stack, row-major (y, x). */
  images(planes: readonly number[]): Promise<readonly Float32Array<ArrayBuffer>[]>;
}

/** Which planes the network may see, and how they are scaled. */
export interface NetworkInputOptions {
  readonly inputs: readonly number[];
  readonly normalisation: NormalisationMethodName;
}

/**
 * Gives the normalised input planes of each time point and channel. Offset and scale come from the
 * inputs alone: what the network does not see must not help it. The latest time point and channel is
 * kept, and of its planes those that were asked for last, since planes are asked for in order.
 */
export function networkInputs(
  context: Pick<CommandContext, 'signal' | 'tasks'>,
  stack: ImageStack,
  { inputs, normalisation }: NetworkInputOptions,
): (t: number, c: number) => Promise<PreparedInputs> {
  let latest: { readonly key: string; readonly answer: Promise<PreparedInputs> } | null = null;
  const prepare = async (t: number, c: number): Promise<PreparedInputs> => {
    const { offset, scale } = await stackNormalisation(
      { signal: context.signal, tasks: context.tasks, progress: () => undefined },
      stack,
      { t, c, method: normalisation, planes: inputs },
    );
    const read = async (z: number): Promise<Float32Array<ArrayBuffer>> => {
      const { data } = await readPlane(stack, { t, c, z }, { signal: context.signal });
      for (let k = 0; k < data.length; k++) data[k] = (data[k] - offset) / scale;
      return data;
    };
    return { offset, scale, images: keepLatest(read) };
  };
  return (t, c) => {
    const key = `${t}/${c}`;
    if (latest?.key !== key) {
      const made = { key, answer: prepare(t, c) };
      // A failure is no answer for those who ask later.
      made.answer.catch(() => {
        if (latest === made) latest = null;
      });
      latest = made;
    }
    return latest.answer;
  };
}

/** Reads planes once as long as every request asks for them again. */
function keepLatest<T>(
  read: (z: number) => Promise<T>,
): (planes: readonly number[]) => Promise<readonly T[]> {
  let kept = new Map<number, Promise<T>>();
  return (planes) => {
    kept = new Map(planes.map((z) => [z, kept.get(z) ?? read(z)]));
    return Promise.all(planes.map((z) => kept.get(z) ?? read(z)));
  };
}
