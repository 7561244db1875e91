import type { EmitScope } from './EmitScope';
import { imageNames, valueName } from './EmitScope';
import { emitBatchNorm } from './emitBatchNorm';
import { emitConvolution } from './emitConvolution';
import { emitOverInputs } from './emitOverInputs';
import { emitRecurrence } from './emitRecurrence';
import { emitZInterpolation } from './emitZInterpolation';
import type { WeightedGraph } from './foldBatchNorm';
import { foldBatchNorm } from './foldBatchNorm';
import type { ChannelsLayer, Layer } from './graph';
import { inferShapes } from './inferShapes';
import { OnnxBuilder } from './OnnxBuilder';
import { OnnxFloat, onnxModelBytes } from './onnxMessages';
import { cutToImage, extendToMultiple } from './onnxSizes';
import { coarsestScale } from './receptiveFieldRadius';

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
  /**
   * Stores kernels in half precision, which halves the file; computing stays in float32. Kernels are
   * then left as they were trained: merged with a batch normalisation they would be rounded anew.
   * @default false
   */
  readonly halfKernels?: boolean;
  /**
   * Gives convolutions of more than four channels whole fours of them, the last of zeros: the WebGPU provider of
   * ONNX Runtime (1.30 at least) computes six channels wrongly where twelve come out. @default false
   */
  readonly channelsByFour?: boolean;
}

/**
 * Writes a graph with its weights as an ONNX model of operator set 17.
 * Input `images`: float32 (m, channel, y, x). Output `plane`: float32 (1, channel, y, x), of one pixel
 * for a network that judges a whole image. Height and width are free. Batch normalisation is merged
 * into the convolutions.
 *
 * @throws RangeError when the graph is not sound, a weight is missing, or `inputCount` is no positive whole number
 */
export function emitOnnx(
  network: WeightedGraph,
  options: EmitOnnxOptions,
): Uint8Array<ArrayBuffer> {
  const { inputCount, halfKernels = false, channelsByFour = false } = options;
  if (inputCount !== 'any' && (!Number.isInteger(inputCount) || inputCount < 1)) {
    throw new RangeError(`${inputCount} input images are impossible.`);
  }
  const shapes = inferShapes(network.graph);
  const { graph, weights } = halfKernels ? network : foldBatchNorm(network);
  const builder = new OnnxBuilder({ halfKernels });
  builder.fresh(ONNX_INPUT);
  builder.fresh(ONNX_OUTPUT);
  const output = shapes.get(graph.output);
  const multiplePx = output?.scale === 1 ? coarsestScale(graph) : 1;
  const images = extendToMultiple(ONNX_INPUT, multiplePx, builder);
  const values = new Map([[graph.input.name, images]]);
  const scope: EmitScope = {
    graph,
    weights,
    builder,
    shapes,
    inputCount,
    channelsByFour,
    values,
    images: new Map(),
    zeros: new Set(),
  };
  const isRecurrent = graph.layers.some(({ op }) => op === 'recurrent');
  // A recurrence takes the images one by one; taken apart at the start they need no copies later.
  if (isRecurrent && inputCount !== 'any') imageNames(scope, graph.input.name, inputCount);
  emitLayers(graph.layers, scope);
  cutToImage(valueName(scope, graph.output), ONNX_INPUT, ONNX_OUTPUT, multiplePx, builder);
  const m = inputCount === 'any' ? 'm' : inputCount;
  const side = output?.scale === 1 ? ['y', 'x'] : ['height', 'width'];
  return onnxModelBytes(
    {
      name: `${graph.name}-${graph.variant}`,
      nodes: builder.nodes,
      initializers: builder.initializers,
      inputs: [{ name: ONNX_INPUT, shape: [m, graph.input.channels.length, 'y', 'x'] }],
      outputs: [{ name: ONNX_OUTPUT, shape: [1, output?.channels ?? 1, ...side] }],
    },
    ONNX_OPSET,
  );
}

/** Layers that see all images at once, or some of them. */
const LAYERS_OVER_INPUTS: ReadonlySet<Layer['op']> = new Set([
  'recurrent',
  'lastInput',
  'meanInput',
  'channelsAsInputs',
  'zInterpolation',
  'conv3d',
]);

function emitLayers(layers: readonly Layer[], scope: EmitScope): void {
  for (const layer of layers) {
    const images = imagesOf(layer, scope);
    if (isZero(layer, scope)) scope.zeros.add(layer.name);
    else if (images) scope.images.set(layer.name, emitForEach(layer, images, scope));
    else scope.values.set(layer.name, emitLayer(layer, scope));
  }
}

/** The images that a layer works on one by one, for each of its inputs; `null` where it does not. */
function imagesOf(
  layer: Layer,
  { images }: EmitScope,
): ReadonlyMap<string, readonly string[]> | null {
  if (LAYERS_OVER_INPUTS.has(layer.op)) return null;
  const inputs = 'inputs' in layer ? layer.inputs : 'input' in layer ? [layer.input] : [];
  const apart = new Map(
    inputs.flatMap((name) => {
      const names = images.get(name);
      return names ? [[name, names] as const] : [];
    }),
  );
  return apart.size > 0 && apart.size === new Set(inputs).size ? apart : null;
}

/** Adds a layer once for each image. */
function emitForEach(
  layer: Layer,
  images: ReadonlyMap<string, readonly string[]>,
  scope: EmitScope,
): string[] {
  const count = scope.inputCount === 'any' ? 0 : scope.inputCount;
  return Array.from({ length: count }, (_, m) => {
    const own = [...images].map(([name, names]) => [name, names[m] ?? ''] as const);
    return emitLayer(layer, { ...scope, values: new Map([...scope.values, ...own]) });
  });
}

function emitLayer(layer: Layer, scope: EmitScope): string {
  const { builder } = scope;
  const { name } = layer;
  const simple = (opType: string, attributes = {}): string =>
    'input' in layer
      ? builder.node(opType, name, [valueName(scope, layer.input)], attributes)
      : name;
  switch (layer.op) {
    case 'conv2d':
    case 'conv3d':
    case 'upConvolution2':
    case 'dense':
      return emitConvolution(layer, scope);
    case 'batchNorm':
      return emitBatchNorm(layer, scope);
    case 'relu':
      return simple('Relu');
    case 'leakyRelu':
      return simple('LeakyRelu', { alpha: new OnnxFloat(layer.slope) });
    case 'sigmoid':
      return simple('Sigmoid');
    case 'tanh':
      return simple('Tanh');
    case 'maxPool2':
      return simple('MaxPool', { kernel_shape: [2, 2], strides: [2, 2] });
    case 'globalAverage':
      return simple('GlobalAveragePool');
    case 'upsample2':
      return emitUpsample(name, valueName(scope, layer.input), builder);
    case 'firstChannels':
    case 'padChannels':
      return emitChannels(layer, scope);
    case 'concat': {
      const inputs = layer.inputs.map((input) => valueName(scope, input));
      return builder.node('Concat', name, inputs, { axis: 1 });
    }
    case 'add':
    case 'mul':
    case 'sub':
      return emitArithmetic(layer.op, name, layer.inputs, scope);
    case 'lastInput':
    case 'meanInput':
    case 'channelsAsInputs':
      return emitOverInputs(layer, scope);
    case 'zInterpolation':
      return emitZInterpolation(name, valueName(scope, layer.input), builder);
    case 'recurrent':
      return emitRecurrence(layer, scope, emitLayers);
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

/** Keeps the first channels, or adds channels of zeros behind them. */
function emitChannels(layer: ChannelsLayer, scope: EmitScope): string {
  const { builder, shapes } = scope;
  const input = valueName(scope, layer.input);
  if (layer.op === 'firstChannels') {
    const range = [0, layer.channels, 1].map((value) => builder.integers(value));
    return builder.node('Slice', layer.name, [input, ...range]);
  }
  const missing = layer.channels - (shapes.get(layer.input)?.channels ?? 0);
  const pads = builder.integers(0, 0, 0, 0, 0, missing, 0, 0);
  return builder.node('Pad', layer.name, [input, pads]);
}
