import type { Layer, RecurrentLayer } from './graph';
import type { OnnxValueInfo } from './onnxMessages';
import type { WeightedGraph } from './foldBatchNorm';
import type { EmitScope } from './EmitScope';
import { valueName, weightName } from './EmitScope';
import { OnnxBuilder } from './OnnxBuilder';
import { emitBatchNorm } from './emitBatchNorm';
import { foldBatchNorm } from './foldBatchNorm';
import { emitZInterpolation } from './emitZInterpolation';
import { inferShapes } from './inferShapes';
import { onnxGraphMessage, onnxModelBytes } from './onnxMessages';

/** The ONNX operator set that emitted files declare. */
export const ONNX_OPSET = 17;

/** Name of the input of emitted files: float32 (m, channel, y, x). */
export const ONNX_INPUT = 'images';

/** Name of the output of emitted files: float32 (1, channel, y, x). */
export const ONNX_OUTPUT = 'plane';

/** How a graph becomes a file. */
export interface EmitOnnxOptions {
  /**
   * M, the number of input images. A number unrolls the recurrence, which every execution provider
   * runs; `any` writes it as a Scan, so that one file serves every M.
   */
  readonly inputCount: number | 'any';
}

/**
 * Writes a graph with its weights as an ONNX model of operator set 17.
 * Input `images`: float32 (m, channel, y, x). Output `plane`: float32 (1, channel, y, x). Height and
 * width are free; they must be multiples of the network's coarsest scale. Batch normalisation is
 * merged into the convolutions.
 *
 * @throws RangeError when the graph is not sound, a weight is missing, or `inputCount` is no positive whole number
 */
export function emitOnnx(
  network: WeightedGraph,
  options: EmitOnnxOptions,
): Uint8Array<ArrayBuffer> {
  const { inputCount } = options;
  if (inputCount !== 'any' && (!Number.isInteger(inputCount) || inputCount < 1)) {
    throw new RangeError(`${inputCount} input images are impossible.`);
  }
  const shapes = inferShapes(network.graph);
  const { graph, weights } = foldBatchNorm(network);
  const builder = new OnnxBuilder();
  builder.fresh(ONNX_INPUT);
  builder.fresh(ONNX_OUTPUT);
  const values = new Map([[graph.input.name, ONNX_INPUT]]);
  const scope: EmitScope = { graph, weights, builder, inputCount, values, zeros: new Set() };
  emitLayers(graph.layers, scope);
  builder.nodes.push({
    opType: 'Identity',
    inputs: [valueName(scope, graph.output)],
    outputs: [ONNX_OUTPUT],
    attributes: {},
  });
  const images = inputCount === 'any' ? 'm' : inputCount;
  const outputChannels = shapes.get(graph.output)?.channels ?? 1;
  return onnxModelBytes(
    {
      name: `${graph.name}-${graph.variant}`,
      nodes: builder.nodes,
      initializers: builder.initializers,
      inputs: [{ name: ONNX_INPUT, shape: [images, graph.input.channels.length, 'y', 'x'] }],
      outputs: [{ name: ONNX_OUTPUT, shape: [1, outputChannels, 'y', 'x'] }],
    },
    ONNX_OPSET,
  );
}

function emitLayers(layers: readonly Layer[], scope: EmitScope): void {
  for (const layer of layers) {
    if (isZero(layer, scope)) scope.zeros.add(layer.name);
    else scope.values.set(layer.name, emitLayer(layer, scope));
  }
}

function emitLayer(layer: Layer, scope: EmitScope): string {
  const { builder } = scope;
  const name = layer.name;
  switch (layer.op) {
    case 'conv2d': {
      const pad = (layer.kernel - 1) / 2;
      const parts = layer.bias ? ['weight', 'bias'] : ['weight'];
      const weights = parts.map((part) => weightName(scope, `${name}.${part}`));
      return builder.node('Conv', name, [valueName(scope, layer.input), ...weights], {
        kernel_shape: [layer.kernel, layer.kernel],
        pads: [pad, pad, pad, pad],
      });
    }
    case 'batchNorm':
      return emitBatchNorm(layer, scope);
    case 'relu':
      return builder.node('Relu', name, [valueName(scope, layer.input)]);
    case 'sigmoid':
      return builder.node('Sigmoid', name, [valueName(scope, layer.input)]);
    case 'tanh':
      return builder.node('Tanh', name, [valueName(scope, layer.input)]);
    case 'maxPool2':
      return builder.node('MaxPool', name, [valueName(scope, layer.input)], {
        kernel_shape: [2, 2],
        strides: [2, 2],
      });
    case 'upsample2':
      return emitUpsample(name, valueName(scope, layer.input), builder);
    case 'concat':
      return builder.node(
        'Concat',
        name,
        layer.inputs.map((input) => valueName(scope, input)),
        {
          axis: 1,
        },
      );
    case 'add':
    case 'mul':
    case 'sub':
      return emitArithmetic(layer.op, name, layer.inputs, scope);
    case 'lastInput':
      return emitLastInput(name, valueName(scope, layer.input), builder);
    case 'zInterpolation':
      return emitZInterpolation(name, valueName(scope, layer.input), builder);
    case 'recurrent':
      return scope.inputCount === 'any'
        ? emitScan(layer, scope)
        : emitUnrolled(layer, scope, scope.inputCount);
  }
}

/** The state before the first step is zero; what follows from that needs no computing. */
function isZero(layer: Layer, { zeros }: EmitScope): boolean {
  switch (layer.op) {
    case 'conv2d':
      return !layer.bias && zeros.has(layer.input);
    case 'relu':
    case 'tanh':
    case 'maxPool2':
    case 'upsample2':
      return zeros.has(layer.input);
    case 'mul':
      return layer.inputs.some((input) => zeros.has(input));
    case 'add':
    case 'sub':
      return layer.inputs.every((input) => zeros.has(input));
    default:
      return false;
  }
}

function emitArithmetic(
  op: 'add' | 'mul' | 'sub',
  name: string,
  inputs: readonly string[],
  scope: EmitScope,
): string {
  const kept = inputs.filter((input) => !scope.zeros.has(input));
  const only = kept.length === 1 ? kept[0] : undefined;
  if (only !== undefined && only === inputs[0]) return valueName(scope, only);
  if (only !== undefined && op === 'add') return valueName(scope, only);
  if (only !== undefined) return scope.builder.node('Neg', name, [valueName(scope, only)]);
  const opType = { add: 'Add', mul: 'Mul', sub: 'Sub' }[op];
  return scope.builder.node(
    opType,
    name,
    inputs.map((input) => valueName(scope, input)),
  );
}

function emitUpsample(name: string, input: string, builder: OnnxBuilder): string {
  const scales = builder.weight('upsample/scales', {
    shape: [4],
    data: Float32Array.of(1, 1, 2, 2),
  });
  return builder.node('Resize', name, [input, '', scales], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
}

function emitLastInput(name: string, input: string, builder: OnnxBuilder): string {
  const [from, to, axis] = [
    builder.integers(-1),
    builder.integers(Number.MAX_SAFE_INTEGER),
    builder.integers(0),
  ];
  return builder.node('Slice', name, [input, from, to, axis]);
}

/** One copy of the layers for each input image; the zero state before the first is folded away. */
function emitUnrolled(layer: RecurrentLayer, scope: EmitScope, inputCount: number): string {
  const { builder } = scope;
  const slices = layer.sequences.map((sequence) =>
    splitInputs(valueName(scope, sequence), inputCount, builder),
  );
  let state: string | null = null;
  for (let m = 0; m < inputCount; m++) {
    const values = new Map(scope.values);
    const zeros = new Set(scope.zeros);
    layer.sequences.forEach((sequence, index) => {
      const slice = slices[index]?.[m];
      if (slice !== undefined) values.set(sequence, slice);
    });
    if (state === null) zeros.add(layer.state.name);
    else values.set(layer.state.name, state);
    const inside = { ...scope, values, zeros };
    emitLayers(layer.layers, inside);
    state = zeros.has(layer.next) ? null : valueName(inside, layer.next);
  }
  if (state === null) throw new RangeError(`The recurrence "${layer.name}" stays zero.`);
  return state;
}

function splitInputs(value: string, inputCount: number, builder: OnnxBuilder): string[] {
  if (inputCount === 1) return [value];
  const outputs = Array.from({ length: inputCount }, (_, m) => builder.fresh(`${value}/${m}`));
  const inputs = [value, builder.integers(...outputs.map(() => 1))];
  builder.nodes.push({ opType: 'Split', inputs, outputs, attributes: { axis: 0 } });
  return outputs;
}

/** The layers as the body of a Scan over the first axis of the sequences. */
function emitScan(layer: RecurrentLayer, scope: EmitScope): string {
  const { builder } = scope;
  const body = new OnnxBuilder(builder);
  const values = new Map(scope.values);
  const zeroAxis = builder.integers(0);
  const state = body.fresh(`${layer.name}/h`);
  values.set(layer.state.name, state);
  const inputs: OnnxValueInfo[] = [{ name: state, shape: [1, layer.state.channels, 'h', 'w'] }];
  for (const sequence of layer.sequences) {
    const image = body.fresh(`${sequence}/image`);
    inputs.push({ name: image, shape: ['c', 'h', 'w'] });
    values.set(sequence, body.node('Unsqueeze', `${image}/block`, [image, zeroAxis]));
  }
  const inside = { ...scope, builder: body, values };
  emitLayers(layer.layers, inside);
  const outputs = [
    {
      name: body.node('Identity', `${layer.name}/next`, [valueName(inside, layer.next)]),
      shape: [1, layer.state.channels, 'h', 'w'],
    },
  ];
  const graph = { name: layer.name, nodes: body.nodes, inputs, outputs, initializers: new Map() };
  const sequences = layer.sequences.map((sequence) => valueName(scope, sequence));
  return builder.node('Scan', layer.name, [zeroState(layer, sequences, builder), ...sequences], {
    body: onnxGraphMessage(graph),
    num_scan_inputs: sequences.length,
  });
}

function zeroState(
  layer: RecurrentLayer,
  sequences: readonly string[],
  builder: OnnxBuilder,
): string {
  const size = builder.node('Shape', `${layer.name}/size`, sequences.slice(0, 1), { start: 2 });
  const shape = builder.node(
    'Concat',
    `${layer.name}/shape`,
    [builder.integers(1, layer.state.channels), size],
    { axis: 0 },
  );
  return builder.node('ConstantOfShape', `${layer.name}/zero`, [shape]);
}
