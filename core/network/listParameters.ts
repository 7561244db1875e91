import type { Layer, NetworkGraph } from './graph';

/** One array of weights: its name, its shape, and whether training changes it by gradients. */
export interface ParameterInfo {
  readonly name: string;
  readonly shape: readonly number[];
  /** False for the running statistics of batch normalisation. */
  readonly trainable: boolean;
}

/** All parameters of a graph, in the order of its layers; names are `<layer>.<parameter>`. */
export function listParameters(graph: NetworkGraph): ParameterInfo[] {
  return graph.layers.flatMap(layerParameters);
}

/** Number of trainable weights of a graph. */
export function countParameters(graph: NetworkGraph): number {
  return listParameters(graph)
    .filter((parameter) => parameter.trainable)
    .reduce((sum, parameter) => sum + parameter.shape.reduce((a, b) => a * b, 1), 0);
}

function layerParameters(layer: Layer): ParameterInfo[] {
  switch (layer.op) {
    case 'conv2d': {
      const { kernel } = layer;
      return kernelAndBias(layer, [layer.outChannels, layer.inChannels, kernel, kernel]);
    }
    case 'conv3d': {
      const { kernel } = layer;
      return kernelAndBias(layer, [layer.outChannels, layer.inChannels, kernel, kernel, kernel]);
    }
    case 'upConvolution2':
      return kernelAndBias(layer, [layer.inChannels, layer.outChannels, 2, 2]);
    case 'dense':
      return kernelAndBias(layer, [layer.outChannels, layer.inChannels]);
    case 'batchNorm':
      return (['weight', 'bias', 'runningMean', 'runningVariance'] as const).map((part) => ({
        name: `${layer.name}.${part}`,
        shape: [layer.channels],
        trainable: part === 'weight' || part === 'bias',
      }));
    case 'recurrent':
      return layer.layers.flatMap(layerParameters);
    default:
      return [];
  }
}

function kernelAndBias(
  layer: { readonly name: string; readonly outChannels: number; readonly bias?: boolean },
  shape: readonly number[],
): ParameterInfo[] {
  const weight = { name: `${layer.name}.weight`, shape, trainable: true };
  const bias = { name: `${layer.name}.bias`, shape: [layer.outChannels], trainable: true };
  return layer.bias === false ? [weight] : [weight, bias];
}
