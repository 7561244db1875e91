import { describe, expect, it } from 'vitest';
import { emitOnnx } from '#core/network/emitOnnx';
import { foldBatchNorm } from '#core/network/foldBatchNorm';
import { listParameters } from '#core/network/listParameters';
import { ProtobufWriter } from '#core/network/ProtobufWriter';
import { recurrentMz } from '#core/network/recurrentMz';
import { randomWeights } from '#tests/helpers/randomWeights';
import { smallNetwork } from '#tests/helpers/networkFixtures';

describe('ProtobufWriter', () => {
  // The examples of the format's own documentation, protobuf.dev/programming-guides/encoding.
  it.each([
    ['an integer', new ProtobufWriter().integer(1, 150), '08 96 01'],
    ['a text', new ProtobufWriter().string(2, 'testing'), '12 07 74 65 73 74 69 6e 67'],
    [
      'a message',
      new ProtobufWriter().message(3, new ProtobufWriter().integer(1, 150)),
      '1a 03 08 96 01',
    ],
    [
      'packed integers',
      new ProtobufWriter().packedIntegers(6, [3, 270, 86942]),
      '32 06 03 8e 02 9e a7 05',
    ],
    ['a negative integer', new ProtobufWriter().integer(1, -2), '08 fe ff ff ff ff ff ff ff ff 01'],
    ['a float', new ProtobufWriter().float(2, 1.5), '15 00 00 c0 3f'],
  ])('writes %s', (_, writer, expected) => {
    const bytes = [...writer.finish()].map((byte) => byte.toString(16).padStart(2, '0'));
    expect(bytes.join(' ')).toBe(expected);
  });

  it('refuses numbers that it cannot hold', () => {
    expect(() => new ProtobufWriter().integer(1, 1.5)).toThrow(RangeError);
    expect(() => new ProtobufWriter().integer(1, 2 ** 60)).toThrow(RangeError);
  });
});

describe('foldBatchNorm', () => {
  it('leaves no batch normalisation and keeps the other weights', () => {
    const network = smallNetwork('anchored');
    const folded = foldBatchNorm(network);
    const text = JSON.stringify(folded.graph);
    expect(text).not.toContain('batchNorm"');
    for (const { name, shape } of listParameters(folded.graph)) {
      expect(folded.weights.get(name)?.shape).toEqual(shape);
    }
    const kept = 'recurrent0.projection.weight';
    expect(folded.weights.get(kept)).toBe(network.weights.get(kept));
  });
});

describe('emitOnnx', () => {
  it('gives the same bytes every time', () => {
    const network = smallNetwork('plain');
    expect(emitOnnx(network, { inputCount: 3 })).toEqual(emitOnnx(network, { inputCount: 3 }));
  });

  it('halves the file with kernels in half precision', () => {
    const graph = recurrentMz({ channels: 16, levels: 3 });
    const network = { graph, weights: randomWeights(graph) };
    const size = (halfKernels: boolean): number =>
      emitOnnx(network, { inputCount: 'any', halfKernels }).length;
    expect(size(true) / size(false)).toBeLessThan(0.55);
  });

  it.each([0, -1, 1.5, NaN])('refuses %d images', (inputCount) => {
    expect(() => emitOnnx(smallNetwork('plain'), { inputCount })).toThrow(RangeError);
  });

  it('names the weight that is missing', () => {
    const { graph, weights } = smallNetwork('plain');
    const fewer = new Map([...weights].filter(([name]) => name !== 'prediction.bias'));
    expect(() => emitOnnx({ graph, weights: fewer }, { inputCount: 1 })).toThrow(
      /prediction\.bias/,
    );
  });
});
