import type { Conv2dLayer, Layer } from './graph';

const BATCH_NORM_EPSILON = 1e-5;

/** How a convolution differs from the common one: 3 x 3, with bias, padded by zeros. */
export type ConvolutionOptions = Partial<
  Pick<Conv2dLayer, 'kernel' | 'bias' | 'stride' | 'padding' | 'initialScale' | 'initialBias'>
>;

/** A two-dimensional convolution, 3 x 3 with bias unless `options` say otherwise. */
export function convolution(
  name: string,
  input: string,
  inChannels: number,
  outChannels: number,
  options: ConvolutionOptions = {},
): Conv2dLayer {
  return { op: 'conv2d', name, input, inChannels, outChannels, kernel: 3, bias: true, ...options };
}

/**
 * Twice convolution, batch normalisation and ReLU, first to `middleChannels`, then to `outChannels`;
 * the result is named `block`. `op` says whether kernels are 3 x 3 or 3 x 3 x 3.
 */
export function doubleConvolution(
  block: string,
  input: string,
  inChannels: number,
  middleChannels: number,
  outChannels: number,
  op: 'conv2d' | 'conv3d' = 'conv2d',
): Layer[] {
  const step = (name: string, from: string, before: number, after: number): Layer[] => [
    { ...convolution(`${name}.conv`, from, before, after, { bias: false }), op },
    {
      op: 'batchNorm',
      name: `${name}.norm`,
      input: `${name}.conv`,
      channels: after,
      epsilon: BATCH_NORM_EPSILON,
    },
  ];
  const [first, second] = [`${block}.first`, `${block}.second`];
  return [
    ...step(first, input, inChannels, middleChannels),
    { op: 'relu', name: first, input: `${first}.norm` },
    ...step(second, first, middleChannels, outChannels),
    { op: 'relu', name: block, input: `${second}.norm` },
  ];
}
