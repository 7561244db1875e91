import { convolution } from './convolution';
import type { Layer, NetworkGraph } from './graph';

/** What tells one paper's discriminator from another's. */
interface DiscriminatorPlan {
  readonly name: string;
  /** Channels of the two convolutions of each block; the second has stride 2. */
  readonly blocks: readonly (readonly [number, number])[];
  /** Slope of negative samples after convolutions and after the first dense layer; 0 is a ReLU. */
  readonly slope: number;
  /** Outputs of the first dense layer; the second has one, through a sigmoid. */
  readonly hidden: number;
  readonly initialBias: number;
}

/**
 * The discriminator that Recurrent-MZ is trained against (Huang et al. 2021,
 * doi:10.1038/s41377-021-00506-9): block k = 1 to 5 of two convolutions with `channels` * 2^k channels,
 * the mean over all pixels, a dense layer of `channels`, and one sigmoid: 1 is real, 0 is made. That the
 * second convolution of a block halves the image is taken from the authors' public code.
 *
 * @throws RangeError when `channels` is not a positive whole number
 */
export function recurrentMzDiscriminator(channels = 20): NetworkGraph {
  return discriminator({
    name: 'recurrent-mz-discriminator',
    blocks: [1, 2, 3, 4, 5].map((k) => [channels * 2 ** k, channels * 2 ** k]),
    slope: 0,
    hidden: channels,
    initialBias: 0,
  });
}

/**
 * The discriminator of Deep-Z (Wu et al. 2019, doi:10.1038/s41592-019-0622-5): six blocks of two
 * convolutions, (48, 96) to (1536, 3072) at `channels` = 48, the second with stride 2, leaky ReLU of
 * slope 0.01, the mean over all pixels, a dense layer that keeps the channels, and one sigmoid.
 *
 * @throws RangeError when `channels` is not a positive whole number
 */
export function deepZDiscriminator(channels = 48): NetworkGraph {
  return discriminator({
    name: 'deep-z-discriminator',
    blocks: [0, 1, 2, 3, 4, 5].map((k) => [channels * 2 ** k, channels * 2 ** (k + 1)]),
    slope: 0.01,
    hidden: channels * 64,
    initialBias: 0.1,
  });
}

function discriminator({
  name,
  blocks,
  slope,
  hidden,
  initialBias,
}: DiscriminatorPlan): NetworkGraph {
  if (!blocks.flat().every((count) => Number.isInteger(count) && count > 0)) {
    throw new RangeError('A discriminator needs a positive whole number of channels.');
  }
  const outChannels = blocks.map(([, second]) => second);
  const last = outChannels.at(-1) ?? 1;
  const body = blocks.flatMap(([first, second], index) => {
    const input = index === 0 ? 'image' : `block${index - 1}`;
    const names = [`block${index}.first`, `block${index}`] as const;
    return [
      convolution(`${names[0]}.conv`, input, outChannels[index - 1] ?? 1, first),
      activation(names[0], `${names[0]}.conv`, slope),
      convolution(`${names[1]}.second.conv`, names[0], first, second, { stride: 2 }),
      activation(names[1], `${names[1]}.second.conv`, slope),
    ];
  });
  return {
    format: 'axial-graph',
    version: 1,
    name,
    variant: 'plain',
    input: { name: 'images', channels: ['intensity'] },
    layers: [
      { op: 'lastInput', name: 'image', input: 'images' },
      ...body,
      { op: 'globalAverage', name: 'mean', input: `block${blocks.length - 1}` },
      { op: 'dense', name: 'hidden.dense', input: 'mean', inChannels: last, outChannels: hidden },
      activation('hidden', 'hidden.dense', slope),
      { op: 'dense', name: 'logit', input: 'hidden', inChannels: hidden, outChannels: 1 },
      { op: 'sigmoid', name: 'real', input: 'logit' },
    ],
    output: 'real',
    initial: { weights: 'xavier', bias: initialBias },
  };
}

function activation(name: string, input: string, slope: number): Layer {
  return slope === 0 ? { op: 'relu', name, input } : { op: 'leakyRelu', name, input, slope };
}
