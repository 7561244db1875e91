import type { EmitScope } from './EmitScope';
import { valueName } from './EmitScope';
import { requireTensor } from './foldBatchNorm';
import type { BatchNormLayer } from './graph';

/** Adds a batch normalisation that no convolution took in, as a factor and a term for each channel. */
export function emitBatchNorm(layer: BatchNormLayer, scope: EmitScope): string {
  const part = (name: string): Float32Array<ArrayBuffer> =>
    requireTensor(scope.weights, `${layer.name}.${name}`).data;
  const shape = [1, layer.channels, 1, 1];
  const [gain, shift, mean, variance] = [
    part('weight'),
    part('bias'),
    part('runningMean'),
    part('runningVariance'),
  ];
  const factor = gain.map((value, c) => value / Math.sqrt((variance[c] ?? 0) + layer.epsilon));
  const term = shift.map((value, c) => value - (mean[c] ?? 0) * (factor[c] ?? 0));
  const { builder } = scope;
  const scaled = builder.node('Mul', `${layer.name}/scaled`, [
    valueName(scope, layer.input),
    builder.weight(`${layer.name}/factor`, { shape, data: factor }),
  ]);
  const shifted = builder.weight(`${layer.name}/term`, { shape, data: term });
  return builder.node('Add', layer.name, [scaled, shifted]);
}
