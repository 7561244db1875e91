import type { EmitScope } from './EmitScope';
import { valueName, weightName } from './EmitScope';
import { requireTensor } from './foldBatchNorm';
import type { Conv2dLayer, Conv3dLayer, DenseLayer, UpConvolutionLayer } from './graph';
import type { OnnxBuilder } from './OnnxBuilder';
import type { Tensor } from './Weights';

/** Adds a layer that weighs channels; see the layers' own words. */
export function emitConvolution(
  layer: Conv2dLayer | Conv3dLayer | UpConvolutionLayer | DenseLayer,
  scope: EmitScope,
): string {
  switch (layer.op) {
    case 'conv2d':
      return emitConv2d(layer, scope);
    case 'conv3d':
      return emitConv3d(layer, scope);
    case 'upConvolution2':
      return scope.builder.node(
        'ConvTranspose',
        layer.name,
        [valueName(scope, layer.input), ...parameters(layer, scope)],
        { kernel_shape: [2, 2], strides: [2, 2] },
      );
    case 'dense': {
      const tensor = requireTensor(scope.weights, `${layer.name}.weight`);
      const shape = [layer.outChannels, layer.inChannels, 1, 1];
      const weight = scope.builder.kernel(`${layer.name}.weight`, { ...tensor, shape });
      const bias = weightName(scope, `${layer.name}.bias`);
      return scope.builder.node('Conv', layer.name, [valueName(scope, layer.input), weight, bias]);
    }
  }
}

function emitConv2d(layer: Conv2dLayer, scope: EmitScope): string {
  const { builder } = scope;
  const { name, kernel, stride = 1, padding = 'zeros' } = layer;
  const pad = (kernel - 1) / 2;
  let input = valueName(scope, layer.input);
  let pads = [pad, pad, pad, pad];
  if (padding === 'replicate' && pad > 0) {
    const around = builder.integers(0, 0, pad, pad, 0, 0, pad, pad);
    input = builder.node('Pad', `${name}/padded`, [input, around], { mode: 'edge' });
    pads = [0, 0, 0, 0];
  }
  const weight = requireTensor(scope.weights, `${name}.weight`);
  return builder.node('Conv', name, weighed(layer, { input, weight }, scope), {
    kernel_shape: [kernel, kernel],
    pads,
    ...(stride === 1 ? {} : { strides: [stride, stride] }),
  });
}

/**
 * A convolution over a volume is one over its planes, each joined with its neighbours: the kernel's
 * depth becomes channels. Runtimes are faster at that, and every execution provider can do it.
 */
function emitConv3d(layer: Conv3dLayer, scope: EmitScope): string {
  const { builder } = scope;
  const { name, kernel } = layer;
  const pad = (kernel - 1) / 2;
  const weight = depthAsChannels(requireTensor(scope.weights, `${name}.weight`));
  const input = joinNeighbours(name, valueName(scope, layer.input), pad, builder);
  return builder.node('Conv', name, weighed(layer, { input, weight }, scope), {
    kernel_shape: [kernel, kernel],
    pads: [pad, pad, pad, pad],
  });
}

/** Input, kernel and bias of a convolution, with channels of zeros where the scope wants them by fours. */
function weighed(
  { name, bias }: Conv2dLayer | Conv3dLayer,
  { input, weight }: { readonly input: string; readonly weight: Tensor },
  scope: EmitScope,
): string[] {
  const { builder } = scope;
  const biases = bias ? [weightName(scope, `${name}.bias`)] : [];
  const [, channels = 0] = weight.shape;
  const more = scope.channelsByFour && channels > 4 ? -channels & 3 : 0;
  if (more === 0) return [input, builder.kernel(`${name}.weight`, weight), ...biases];
  const pads = builder.integers(0, 0, 0, 0, 0, more, 0, 0);
  const filled = builder.node('Pad', `${name}/filled`, [input, pads]);
  return [filled, builder.kernel(`${name}.weight`, withMoreInputs(weight, more)), ...biases];
}

/** A kernel (out, in, y, x) that takes more channels, and makes nothing of them. */
function withMoreInputs({ shape, data }: Tensor, more: number): Tensor {
  const [out = 0, inputs = 0, height = 0, width = 0] = shape;
  const [few, many] = [inputs * height * width, (inputs + more) * height * width];
  const wide = new Float32Array(out * many);
  for (let o = 0; o < out; o++) wide.set(data.subarray(o * few, (o + 1) * few), o * many);
  return { shape: [out, inputs + more, height, width], data: wide };
}

/** Planes (m, c, y, x) to (m, (2 pad + 1) c, y, x), with zeros before the first and behind the last. */
function joinNeighbours(name: string, input: string, pad: number, builder: OnnxBuilder): string {
  if (pad === 0) return input;
  const ends = builder.integers(pad, 0, 0, 0, pad, 0, 0, 0);
  const padded = builder.node('Pad', `${name}/padded`, [input, ends]);
  const shifted = Array.from({ length: 2 * pad + 1 }, (_, from) => {
    const to = from === 2 * pad ? Number.MAX_SAFE_INTEGER : from - 2 * pad;
    const range = [from, to, 0].map((value) => builder.integers(value));
    return builder.node('Slice', `${name}/shifted`, [padded, ...range]);
  });
  return builder.node('Concat', `${name}/joined`, shifted, { axis: 1 });
}

/** A kernel (out, in, z, y, x) as (out, z in, y, x). */
function depthAsChannels({ shape, data }: Tensor): Tensor {
  const [out = 0, inputs = 0, depth = 0, height = 0, width = 0] = shape;
  const area = height * width;
  const turned = new Float32Array(data.length);
  for (let o = 0; o < out; o++) {
    for (let c = 0; c < inputs; c++) {
      for (let z = 0; z < depth; z++) {
        const from = ((o * inputs + c) * depth + z) * area;
        turned.set(data.subarray(from, from + area), ((o * depth + z) * inputs + c) * area);
      }
    }
  }
  return { shape: [out, depth * inputs, height, width], data: turned };
}

function parameters(layer: { name: string; bias?: boolean }, scope: EmitScope): string[] {
  const name = `${layer.name}.weight`;
  const kernel = scope.builder.kernel(name, requireTensor(scope.weights, name));
  return layer.bias === false ? [kernel] : [kernel, weightName(scope, `${layer.name}.bias`)];
}
