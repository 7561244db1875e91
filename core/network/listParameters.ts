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
      const { name, inChannels, outChannels, kernel } = layer;
      const weight = {
        name: `${name}.weight`,
        shape: [outChannels, inChannels, kernel, kernel],
        trainable: true,
      };
      const bias = { name: `${name}.bias`, shape: [outChannels], trainable: true };
      return layer.bias ? [weight, bias] : [weight];
    }
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
