import type { BatchNormLayer, Conv2dLayer, Conv3dLayer, Layer, NetworkGraph } from './graph';
import type { Tensor, Weights } from './Weights';

/** A graph and the weights that belong to it. */
export interface WeightedGraph {
  readonly graph: NetworkGraph;
  readonly weights: Weights;
}

/**
 * Merges each batch normalisation into the convolution whose result only it reads, with its stored
 * statistics. The new graph computes the same as the old one at inference, with fewer layers.
 *
 * @throws RangeError when a weight is missing
 */
export function foldBatchNorm({ graph, weights }: WeightedGraph): WeightedGraph {
  const folded = new Map(weights);
  const readers = countReaders(graph);
  const fold = (layers: readonly Layer[]): Layer[] => {
    const result: Layer[] = [];
    for (const layer of layers) {
      const before = result.at(-1);
      if (layer.op === 'recurrent') {
        result.push({ ...layer, layers: fold(layer.layers) });
      } else if (
        layer.op === 'batchNorm' &&
        (before?.op === 'conv2d' || before?.op === 'conv3d') &&
        before.name === layer.input &&
        readers.get(before.name) === 1
      ) {
        result.pop();
        result.push(foldPair(before, layer, folded));
      } else {
        result.push(layer);
      }
    }
    return result;
  };
  return { graph: { ...graph, layers: fold(graph.layers) }, weights: folded };
}

/** The tensor called `name`. @throws RangeError when there is none */
export function requireTensor(weights: Weights, name: string): Tensor {
  const tensor = weights.get(name);
  if (!tensor) throw new RangeError(`The weight "${name}" is missing.`);
  return tensor;
}

function foldPair(
  convolution: Conv2dLayer | Conv3dLayer,
  norm: BatchNormLayer,
  weights: Map<string, Tensor>,
): Conv2dLayer | Conv3dLayer {
  const part = (name: string): Float32Array => requireTensor(weights, `${norm.name}.${name}`).data;
  const [gain, shift, mean, variance] = [
    part('weight'),
    part('bias'),
    part('runningMean'),
    part('runningVariance'),
  ];
  const kernel = requireTensor(weights, `${convolution.name}.weight`);
  const oldBias = convolution.bias
    ? requireTensor(weights, `${convolution.name}.bias`).data
    : new Float32Array(norm.channels);
  const data = new Float32Array(kernel.data.length);
  const bias = new Float32Array(norm.channels);
  const perChannel = data.length / norm.channels;
  for (let channel = 0; channel < norm.channels; channel++) {
    const scale = (gain[channel] ?? 0) / Math.sqrt((variance[channel] ?? 0) + norm.epsilon);
    bias[channel] =
      ((oldBias[channel] ?? 0) - (mean[channel] ?? 0)) * scale + (shift[channel] ?? 0);
    const [from, to] = [channel * perChannel, (channel + 1) * perChannel];
    scaleInto(data.subarray(from, to), kernel.data.subarray(from, to), scale);
  }
  for (const name of ['weight', 'bias', 'runningMean', 'runningVariance']) {
    weights.delete(`${norm.name}.${name}`);
  }
  weights.delete(`${convolution.name}.weight`);
  weights.set(`${norm.name}.weight`, { shape: kernel.shape, data });
  weights.set(`${norm.name}.bias`, { shape: [norm.channels], data: bias });
  return { ...convolution, name: norm.name, bias: true };
}

function scaleInto(target: Float32Array, values: Float32Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (values[i] ?? 0) * scale;
}

/** How many layers read each value; the output of the graph and of a recurrence count as read. */
function countReaders(graph: NetworkGraph): Map<string, number> {
  const readers = new Map<string, number>();
  const read = (name: string): void => {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  };
  const visit = (layers: readonly Layer[]): void => {
    for (const layer of layers) {
      if (layer.op === 'recurrent') {
        layer.sequences.forEach(read);
        read(layer.next);
        visit(layer.layers);
      } else if ('inputs' in layer) {
        layer.inputs.forEach(read);
      } else {
        read(layer.input);
      }
    }
  };
  visit(graph.layers);
  read(graph.output);
  return readers;
}
