import { narrowToHalf } from './halfPrecision';
import type { OnnxAttribute, OnnxConstant, OnnxNode } from './onnxMessages';
import { ONNX_FLOAT } from './onnxMessages';
import type { Tensor } from './Weights';

interface OnnxBuilderOptions {
  /** Stores kernels in half precision; a node of its own, which runtimes compute once, widens each. */
  readonly halfKernels?: boolean;
  readonly parent?: OnnxBuilder;
}

/**
 * Collects the nodes and constants of an ONNX graph. A child shares its parent's constants, which
 * ONNX subgraphs may read, and keeps its own nodes.
 */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: Map<string, OnnxConstant>;
  readonly #halfKernels: boolean;
  readonly #names: Set<string>;
  readonly #root: OnnxBuilder;

  constructor({ halfKernels = false, parent }: OnnxBuilderOptions = {}) {
    this.initializers = parent ? parent.initializers : new Map<string, OnnxConstant>();
    this.#halfKernels = parent ? parent.#halfKernels : halfKernels;
    this.#names = parent ? parent.#names : new Set<string>();
    this.#root = parent ? parent.#root : this;
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

  /** The kernel of a convolution: a constant, in half precision when this builder is told so. */
  kernel(name: string, tensor: Tensor): string {
    if (!this.#halfKernels) return this.weight(name, tensor);
    const stored = `${name}/half`;
    if (this.initializers.has(stored)) return name;
    const { shape, data } = tensor;
    this.initializers.set(stored, { shape, halves: narrowToHalf(data) });
    this.#names.add(name);
    const attributes = { to: ONNX_FLOAT };
    this.#root.nodes.push({ opType: 'Cast', inputs: [stored], outputs: [name], attributes });
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
