import { ProtobufWriter } from './ProtobufWriter';
import type { Tensor } from './Weights';

/** Value of a node's attribute: whole number, list of them, text, float, or a graph (as written message). */
export type OnnxAttribute = number | readonly number[] | string | OnnxFloat | ProtobufWriter;

/** An attribute that is a float even when its value is whole. */
export class OnnxFloat {
  constructor(readonly value: number) {}
}

/** One computation of an ONNX graph. */
export interface OnnxNode {
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: { readonly [name: string]: OnnxAttribute };
}

/** A float32 input or output; a length is a number, or a name when it is free. */
export interface OnnxValueInfo {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** Everything that one (sub)graph holds. */
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
  readonly initializers: ReadonlyMap<string, OnnxConstant>;
}

/** Values of float32, of half precision (as bits), or whole numbers. */
export type OnnxConstant = Tensor | HalfTensor | readonly bigint[];

interface HalfTensor {
  readonly shape: readonly number[];
  readonly halves: Uint16Array<ArrayBuffer>;
}

/** TensorProto.DataType of float32. */
export const ONNX_FLOAT = 1;
const INT64 = 7;
const FLOAT16 = 10;
/** Numbers of AttributeProto.AttributeType. */
const ATTRIBUTE = { float: 1, integer: 2, text: 3, graph: 5, integers: 7 } as const;

/** A GraphProto of the ONNX format (onnx.proto, https://onnx.ai/onnx/repo-docs/IR.html). */
export function onnxGraphMessage(graph: OnnxGraph): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const [index, node] of graph.nodes.entries()) message.message(1, nodeMessage(node, index));
  message.string(2, graph.name);
  for (const [name, value] of graph.initializers) message.message(5, tensorMessage(name, value));
  for (const input of graph.inputs) message.message(11, valueMessage(input));
  for (const output of graph.outputs) message.message(12, valueMessage(output));
  return message;
}

/** A complete model file: IR version 8, the default operator set at `opset`. */
export function onnxModelBytes(graph: OnnxGraph, opset: number): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter()
    .integer(1, 8)
    .string(2, 'Axial')
    .message(7, onnxGraphMessage(graph))
    .message(8, new ProtobufWriter().string(1, '').integer(2, opset))
    .finish();
}

function nodeMessage(node: OnnxNode, index: number): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const input of node.inputs) message.string(1, input);
  for (const output of node.outputs) message.string(2, output);
  message.string(3, `${node.outputs[0] ?? 'node'}:${index}`).string(4, node.opType);
  for (const [name, value] of Object.entries(node.attributes)) {
    message.message(5, attributeMessage(name, value));
  }
  return message;
}

function attributeMessage(name: string, value: OnnxAttribute): ProtobufWriter {
  const message = new ProtobufWriter().string(1, name);
  if (typeof value === 'number') return message.integer(3, value).integer(20, ATTRIBUTE.integer);
  if (typeof value === 'string') return message.string(4, value).integer(20, ATTRIBUTE.text);
  if (value instanceof OnnxFloat) {
    return message.float(2, value.value).integer(20, ATTRIBUTE.float);
  }
  if (value instanceof ProtobufWriter) {
    return message.message(6, value).integer(20, ATTRIBUTE.graph);
  }
  return message.packedIntegers(8, value).integer(20, ATTRIBUTE.integers);
}

function tensorMessage(name: string, value: OnnxConstant): ProtobufWriter {
  const [type, shape, values] =
    'data' in value
      ? [ONNX_FLOAT, value.shape, value.data]
      : 'halves' in value
        ? [FLOAT16, value.shape, value.halves]
        : [INT64, [value.length], BigInt64Array.from(value)];
  return new ProtobufWriter()
    .packedIntegers(1, shape)
    .integer(2, type)
    .string(8, name)
    .bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function valueMessage(value: OnnxValueInfo): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const length of value.shape) {
    const dimension = new ProtobufWriter();
    if (typeof length === 'number') dimension.integer(1, length);
    else dimension.string(2, length);
    shape.message(1, dimension);
  }
  const tensor = new ProtobufWriter().integer(1, ONNX_FLOAT).message(2, shape);
  return new ProtobufWriter()
    .string(1, value.name)
    .message(2, new ProtobufWriter().message(1, tensor));
}
