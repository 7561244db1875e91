import type { OnnxBuilder } from './OnnxBuilder';
import type { WeightedGraph } from './foldBatchNorm';
import { requireTensor } from './foldBatchNorm';
import type { ValueShape } from './inferShapes';

/** What emitting a layer needs: where nodes go, what values are called there, what is known to be zero. */
export interface EmitScope extends WeightedGraph {
  readonly builder: OnnxBuilder;
  readonly shapes: ReadonlyMap<string, ValueShape>;
  readonly inputCount: number | 'any';
  /** See `EmitOnnxOptions`. */
  readonly channelsByFour: boolean;
  /** Values of the graph by the names that they have in the file. */
  readonly values: Map<string, string>;
  /** Values that the file holds apart for each image, each (1, c, y, x), in place of (m, c, y, x). */
  readonly images: Map<string, readonly string[]>;
  readonly zeros: Set<string>;
}

/** The ONNX constant that holds a weight. */
export function weightName(scope: EmitScope, name: string): string {
  return scope.builder.weight(name, requireTensor(scope.weights, name));
}

/**
 * What a value of the graph is called in the file; images that are held apart are joined first.
 *
 * @throws RangeError when it is not made yet
 */
export function valueName(scope: EmitScope, name: string): string {
  const known = scope.values.get(name);
  if (known !== undefined) return known;
  const images = scope.images.get(name);
  if (images === undefined) throw new RangeError(`There is no value "${name}".`);
  const joined = scope.builder.node('Concat', name, images, { axis: 0 });
  scope.values.set(name, joined);
  return joined;
}

/** What the images of a value (m, c, y, x) are called in the file, each (1, c, y, x). */
export function imageNames(scope: EmitScope, name: string, inputCount: number): readonly string[] {
  const known = scope.images.get(name);
  if (known !== undefined) return known;
  const value = valueName(scope, name);
  if (inputCount === 1) return [value];
  const { builder } = scope;
  const outputs = Array.from({ length: inputCount }, (_, m) => builder.fresh(`${value}/${m}`));
  const inputs = [value, builder.integers(...outputs.map(() => 1))];
  builder.nodes.push({ opType: 'Split', inputs, outputs, attributes: { axis: 0 } });
  scope.images.set(name, outputs);
  return outputs;
}
