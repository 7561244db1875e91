import type { ImageStack } from '#core/image/ImageStack';
import { readPlane } from '#core/image/readPlane';
import type { CommandContext } from '#core/command/CommandContext';
import type { NetworkInput } from '#core/command/ModelLibrary';
import { stackNormalisation, type NormalisationMethodName } from './normaliseStack';

/** The planes that the network sees at one time point and channel, and how to undo their scaling. */
export interface PreparedInputs {
  readonly planes: readonly NetworkInput[];
  /** measured value = network value * scale + offset */
  readonly offset: number;
  readonly scale: number;
}

/** Which planes the network sees, where they lie, and how they are scaled. */
export interface NetworkInputOptions {
  readonly inputs: readonly number[];
  readonly inputZUm: readonly number[];
  readonly normalisation: NormalisationMethodName;
}

/**
 * Gives the normalised input planes of each time point and channel. Offset and scale come from the
 * inputs alone: what the network does not see must not help it. The latest answer is kept, since
 * planes are asked for in order.
 */
export function networkInputs(
  context: Pick<CommandContext, 'signal' | 'tasks'>,
  stack: ImageStack,
  { inputs, inputZUm, normalisation }: NetworkInputOptions,
): (t: number, c: number) => Promise<PreparedInputs> {
  let latest: { readonly key: string; readonly answer: Promise<PreparedInputs> } | null = null;
  const prepare = async (t: number, c: number): Promise<PreparedInputs> => {
    const { offset, scale } = await stackNormalisation(
      { signal: context.signal, tasks: context.tasks, progress: () => undefined },
      stack,
      { t, c, method: normalisation, planes: inputs },
    );
    const planes: NetworkInput[] = [];
    for (const [i, z] of inputs.entries()) {
      const { data: image } = await readPlane(stack, { t, c, z }, { signal: context.signal });
      for (let k = 0; k < image.length; k++) image[k] = (image[k] - offset) / scale;
      planes.push({ image, zUm: inputZUm[i] });
    }
    return { planes, offset, scale };
  };
  return (t, c) => {
    const key = `${t}/${c}`;
    if (latest?.key !== key) latest = { key, answer: prepare(t, c) };
    return latest.answer;
  };
}
