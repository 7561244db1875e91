import type { OnnxBuilder } from './OnnxBuilder';
import type { WeightedGraph } from './foldBatchNorm';
import { requireTensor } from './foldBatchNorm';
import type { ValueShape } from './inferShapes';

/** What emitting a layer needs: where nodes go, what values are called there, what is known to be zero. */
export interface EmitScope extends WeightedGraph {
  readonly builder: OnnxBuilder;
  readonly shapes: ReadonlyMap<string, ValueShape>;
  readonly inputCount: number | 'any';
  readonly values: Map<string, string>;
  readonly zeros: Set<string>;
}

/** The ONNX constant that holds a weight. */
export function weightName(scope: EmitScope, name: string): string {
  return scope.builder.weight(name, requireTensor(scope.weights, name));
}

/** What a value of the graph is called in the file. @throws RangeError when it is not made yet */
export function valueName(scope: EmitScope, name: string): string {
  const value = scope.values.get(name);
  if (value === undefined) throw new RangeError(`There is no value "${name}".`);
  return value;
}
