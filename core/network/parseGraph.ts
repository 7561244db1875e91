import { z } from 'zod';
import { AxialError } from '#core/util/errors';
import type { Layer, NetworkGraph } from './graph';
import { inferShapes } from './inferShapes';

const name = z.string().min(1);
const count = z.int().positive();

const plainLayer = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('conv2d'),
    name,
    input: name,
    inChannels: count,
    outChannels: count,
    kernel: count,
    bias: z.boolean(),
    stride: z.union([z.literal(1), z.literal(2)]).exactOptional(),
    padding: z.enum(['zeros', 'replicate']).exactOptional(),
    initialScale: z.number().exactOptional(),
    initialBias: z.number().exactOptional(),
  }),
  z.object({
    op: z.literal('conv3d'),
    name,
    input: name,
    inChannels: count,
    outChannels: count,
    kernel: count,
    bias: z.boolean(),
  }),
  z.object({
    op: z.enum(['upConvolution2', 'dense']),
    name,
    input: name,
    inChannels: count,
    outChannels: count,
  }),
  z.object({
    op: z.literal('batchNorm'),
    name,
    input: name,
    channels: count,
    epsilon: z.number().positive(),
  }),
  z.object({
    op: z.enum(['relu', 'sigmoid', 'tanh', 'maxPool2', 'upsample2', 'globalAverage']),
    name,
    input: name,
  }),
  z.object({ op: z.literal('leakyRelu'), name, input: name, slope: z.number() }),
  z.object({ op: z.enum(['concat', 'add', 'mul', 'sub']), name, inputs: z.array(name).min(2) }),
  z.object({ op: z.enum(['firstChannels', 'padChannels']), name, input: name, channels: count }),
  z.object({
    op: z.literal('lastInput'),
    name,
    input: name,
    back: z.int().nonnegative().exactOptional(),
  }),
  z.object({
    op: z.enum(['meanInput', 'channelsAsInputs', 'zInterpolation']),
    name,
    input: name,
  }),
]);

const layer = z.union([
  plainLayer,
  z.object({
    op: z.literal('recurrent'),
    name,
    sequences: z.array(name).min(1),
    state: z.object({ name, channels: count }),
    layers: z.array(plainLayer),
    next: name,
  }),
]);

const graphSchema = z.object({
  format: z.literal('axial-graph'),
  version: z.literal(1),
  name,
  variant: name,
  input: z.object({ name, channels: z.array(name).min(1) }),
  layers: z.array(layer),
  output: name,
  initial: z.object({ weights: z.literal('xavier'), bias: z.number() }).exactOptional(),
});

/**
 * Reads a graph from JSON text and checks that its layers fit together.
 *
 * @throws AxialError DamagedFileError when the text is no sound graph
 */
export function parseGraph(text: string): NetworkGraph {
  try {
    const graph = graphSchema.parse(JSON.parse(text));
    const typed: NetworkGraph = { ...graph, layers: graph.layers as readonly Layer[] };
    inferShapes(typed);
    return typed;
  } catch (cause) {
    throw new AxialError(
      'DamagedFileError',
      `The network's graph cannot be used: ${cause instanceof Error ? cause.message : 'unknown'}`,
      'Fetch the model again, or check the file if you wrote it.',
      { cause },
    );
  }
}
