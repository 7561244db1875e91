import { emitOnnx } from './emitOnnx';
import type { WeightedGraph } from './foldBatchNorm';
import type { NetworkBlock } from './NetworkExecutor';

/** A network as ONNX. */
export interface OnnxSource {
  /** The file that computes so many images; see `EmitOnnxOptions` for `channelsByFour`. */
  readonly onnx: (
    inputCount: number,
    options?: { readonly channelsByFour: boolean },
  ) => Uint8Array<ArrayBuffer>;
  /** Whether one file computes any number of images. */
  readonly servesAnyCount: boolean;
  /** Shape of the array that a block is fed as. */
  readonly shape: (block: Omit<NetworkBlock, 'data'>) => readonly number[];
}

/**
 * A graph with its weights, written as ONNX for the number of images at hand: so the recurrence is
 * unrolled, and every provider can run it.
 */
export function emittedOnnx(network: WeightedGraph): OnnxSource {
  const channels = network.graph.input.channels.length;
  return {
    onnx: (inputCount, options) => emitOnnx(network, { inputCount, ...options }),
    servesAnyCount: false,
    shape: ({ inputCount, height, width }) => [inputCount, channels, height, width],
  };
}

/** An ONNX file as others made it. */
export function storedOnnx(bytes: Uint8Array<ArrayBuffer>, shape: OnnxSource['shape']): OnnxSource {
  return { onnx: () => bytes, servesAnyCount: true, shape };
}
