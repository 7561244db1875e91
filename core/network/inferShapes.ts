import type { ChannelsLayer, Layer, NetworkGraph, RecurrentLayer } from './graph';

/** Shape of a value, as far as it does not depend on the image. */
export interface ValueShape {
  /** True for axes (m, c, y, x), false for (c, y, x). */
  readonly perInput: boolean;
  readonly channels: number;
  /**
   * Pixels of the input image that one pixel of this value spans along an axis: 1, 2, 4, …; infinite
   * for a value that has one pixel whatever the image.
   */
  readonly scale: number;
}

/**
 * Shapes of all values of a graph, by name, those inside recurrent layers included; checks the
 * graph on the way.
 *
 * @throws RangeError when a name is used before it is made or made twice, or when shapes do not fit
 */
export function inferShapes(graph: NetworkGraph): Map<string, ValueShape> {
  const shapes = new Map<string, ValueShape>();
  shapes.set(graph.input.name, {
    perInput: true,
    channels: graph.input.channels.length,
    scale: 1,
  });
  inferLayers(graph.layers, shapes);
  const output = lookUp(shapes, graph.output, 'the output');
  if (output.perInput) throw new RangeError(`The output "${graph.output}" must be one block.`);
  return shapes;
}

function inferLayers(layers: readonly Layer[], shapes: Map<string, ValueShape>): void {
  for (const layer of layers) {
    if (shapes.has(layer.name)) throw new RangeError(`Two values are named "${layer.name}".`);
    shapes.set(layer.name, inferLayer(layer, shapes));
  }
}

function inferLayer(layer: Layer, shapes: Map<string, ValueShape>): ValueShape {
  const of = (name: string): ValueShape => lookUp(shapes, name, `layer "${layer.name}"`);
  switch (layer.op) {
    case 'conv2d':
      return convolved(layer, of(layer.input), layer.stride ?? 1);
    case 'conv3d':
      return expectPerInput(layer.name, convolved(layer, of(layer.input), 1));
    case 'upConvolution2':
      return upsampled(layer.name, convolved({ ...layer, kernel: 1 }, of(layer.input), 1));
    case 'dense':
      if (of(layer.input).scale !== Infinity) {
        throw new RangeError(`"${layer.name}" needs a value of one pixel.`);
      }
      return convolved({ ...layer, kernel: 1 }, of(layer.input), 1);
    case 'batchNorm':
      return expectChannels(layer.name, of(layer.input), layer.channels);
    case 'relu':
    case 'leakyRelu':
    case 'sigmoid':
    case 'tanh':
      return of(layer.input);
    case 'maxPool2':
      return { ...of(layer.input), scale: of(layer.input).scale * 2 };
    case 'globalAverage':
      return { ...of(layer.input), scale: Infinity };
    case 'firstChannels':
    case 'padChannels':
      return withChannels(layer, of(layer.input));
    case 'upsample2':
      return upsampled(layer.name, of(layer.input));
    case 'concat':
    case 'add':
    case 'mul':
    case 'sub':
      return combined(layer.op, layer.name, layer.inputs.map(of));
    case 'lastInput':
    case 'meanInput':
      return { ...expectPerInput(layer.name, of(layer.input)), perInput: false };
    case 'channelsAsInputs':
      return { ...expectPerInput(layer.name, of(layer.input)), channels: 1 };
    case 'zInterpolation':
      return {
        ...expectPerInput(layer.name, expectChannels(layer.name, of(layer.input), 2)),
        channels: 1,
        perInput: false,
      };
    case 'recurrent':
      return inferRecurrent(layer, shapes);
  }
}

function inferRecurrent(layer: RecurrentLayer, shapes: Map<string, ValueShape>): ValueShape {
  const outside = layer.sequences.map((name) =>
    expectPerInput(layer.name, lookUp(shapes, name, `layer "${layer.name}"`)),
  );
  const scale = outside[0]?.scale;
  if (scale === undefined || outside.some((shape) => shape.scale !== scale)) {
    throw new RangeError(`The sequences of "${layer.name}" must have one size.`);
  }
  const state: ValueShape = { perInput: false, channels: layer.state.channels, scale };
  const inside = new Map<string, ValueShape>([[layer.state.name, state]]);
  layer.sequences.forEach((name, index) => {
    const shape = outside[index];
    if (shape) inside.set(name, { ...shape, perInput: false });
  });
  inferLayers(layer.layers, inside);
  const next = lookUp(inside, layer.next, `layer "${layer.name}"`);
  if (next.channels !== state.channels || next.scale !== state.scale) {
    throw new RangeError(`"${layer.name}" changes the shape of its state.`);
  }
  for (const [name, shape] of inside) if (!shapes.has(name)) shapes.set(name, shape);
  return state;
}

function lookUp(shapes: ReadonlyMap<string, ValueShape>, name: string, user: string): ValueShape {
  const shape = shapes.get(name);
  if (!shape) throw new RangeError(`There is no value "${name}" for ${user}.`);
  return shape;
}

function expectChannels(user: string, shape: ValueShape, channels: number): ValueShape {
  if (shape.channels !== channels) {
    throw new RangeError(`"${user}" expects ${channels} channels and gets ${shape.channels}.`);
  }
  return shape;
}

function expectPerInput(user: string, shape: ValueShape): ValueShape {
  if (!shape.perInput) throw new RangeError(`"${user}" needs one block per input image.`);
  return shape;
}

interface ChannelMap {
  readonly name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
}

function convolved(layer: ChannelMap, shape: ValueShape, stride: number): ValueShape {
  if (layer.kernel % 2 !== 1) throw new RangeError(`"${layer.name}" has an even kernel.`);
  const { perInput, scale } = expectChannels(layer.name, shape, layer.inChannels);
  return { perInput, channels: layer.outChannels, scale: scale * stride };
}

function withChannels({ op, name, channels }: ChannelsLayer, shape: ValueShape): ValueShape {
  if (op === 'firstChannels' ? channels > shape.channels : channels < shape.channels) {
    throw new RangeError(`"${name}" cannot make ${channels} channels of ${shape.channels}.`);
  }
  return { ...shape, channels };
}

function upsampled(user: string, shape: ValueShape): ValueShape {
  if (shape.scale < 2 || shape.scale === Infinity)
    throw new RangeError(`"${user}" would exceed the size of the image.`);
  return { ...shape, scale: shape.scale / 2 };
}

function combined(op: string, user: string, shapes: readonly ValueShape[]): ValueShape {
  const first = shapes[0];
  if (!first || shapes.length < 2) throw new RangeError(`"${user}" needs at least two values.`);
  let channels = 0;
  for (const shape of shapes) {
    if (shape.perInput !== first.perInput || shape.scale !== first.scale) {
      throw new RangeError(`"${user}" joins values of different size.`);
    }
    if (op !== 'concat') expectChannels(user, shape, first.channels);
    channels += shape.channels;
  }
  if (op !== 'concat' && shapes.length !== 2) throw new RangeError(`"${user}" needs two values.`);
  return op === 'concat' ? { ...first, channels } : first;
}
