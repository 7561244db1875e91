import type { OnnxAttribute, OnnxNode } from './onnxMessages';
import type { Tensor } from './Weights';

/**
 * Collects the nodes and constants of an ONNX graph. A child shares its parent's constants, which
 * ONNX subgraphs may read, and keeps its own nodes.
 */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: Map<string, Tensor | readonly bigint[]>;
  readonly #names: Set<string>;

  constructor(parent?: OnnxBuilder) {
    this.initializers = parent?.initializers ?? new Map<string, Tensor | readonly bigint[]>();
    this.#names = parent?.uniqueNames ?? new Set<string>();
  }

  get uniqueNames(): Set<string> {
    return this.#names;
  }

  /** Adds a node with one output, named `wanted` or, when that is taken, `wanted` with a number. */
  node(
    opType: string,
    wanted: string,
    inputs: readonly string[],
    attributes: { readonly [name: string]: OnnxAttribute } = {},
  ): string {
    const output = this.fresh(wanted);
    this.nodes.push({ opType, inputs, outputs: [output], attributes });
    return output;
  }

  /** A name that nothing else bears yet. */
  fresh(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#names.has(name); n++) name = `${wanted}#${n}`;
    this.#names.add(name);
    return name;
  }

  /** A float32 constant, stored once under its name. */
  weight(name: string, tensor: Tensor): string {
    if (!this.initializers.has(name)) this.initializers.set(name, tensor);
    this.#names.add(name);
    return name;
  }

  /** A scalar float32 constant. */
  scalar(value: number): string {
    return this.weight(`scalar/${value}`, { shape: [], data: Float32Array.of(value) });
  }

  /** A list of int64 constants. */
  integers(...values: number[]): string {
    const name = `integers/${values.join(',')}`;
    if (!this.initializers.has(name)) this.initializers.set(name, values.map(BigInt));
    return name;
  }
}
