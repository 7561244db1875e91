import { describe, expect, it } from 'vitest';
import type { Layer } from '#core/network/graph';
import { inferShapes } from '#core/network/inferShapes';
import { countParameters, listParameters } from '#core/network/listParameters';
import { parseGraph } from '#core/network/parseGraph';
import { coarsestScale, receptiveFieldRadius } from '#core/network/receptiveFieldRadius';
import { recurrentMz } from '#core/network/recurrentMz';

/** Parameters of the paper's network by hand: `n` channels at the first of `levels` levels. */
function parametersByHand(n: number, levels: number): number {
  const conv = (inputs: number, outputs: number): number => 9 * inputs * outputs;
  const norm = (channels: number): number => 2 * channels;
  let sum = n + 1; // last 1 x 1 convolution
  for (let k = 0; k < levels; k++) {
    const c = n * 2 ** k;
    const into = k === 0 ? 2 : c / 2;
    sum += conv(into, c / 2) + norm(c / 2) + conv(c / 2, c) + norm(c);
    sum += 4 * conv(c, c) + 2 * c; // gate and candidate, of the image and of the state
    sum += c * c + c; // residual 1 x 1 convolution
    if (k < levels - 1) sum += conv(3 * c, c) + norm(c) + conv(c, c) + norm(c);
  }
  return sum;
}

describe('recurrentMz', () => {
  it.each([
    [20, 5],
    [10, 5],
    [8, 3],
    [2, 1],
  ])(
    'has the parameters that the paper implies for %i channels and %i levels',
    (channels, levels) => {
      expect(countParameters(recurrentMz({ channels, levels }))).toBe(
        parametersByHand(channels, levels),
      );
    },
  );

  it('has 7.2 million parameters at the size of the paper and 1.8 million at half its width', () => {
    expect(countParameters(recurrentMz())).toBe(7_195_721);
    expect(countParameters(recurrentMz({ channels: 10, variant: 'anchored' }))).toBe(1_800_211);
  });

  it('doubles the channels and halves the size from level to level', () => {
    const shapes = inferShapes(recurrentMz({ channels: 20, levels: 5 }));
    for (let k = 0; k < 5; k++) {
      const size = { channels: 20 * 2 ** k, scale: 2 ** k };
      expect(shapes.get(`encoder${k}`)).toEqual({ ...size, perInput: true });
      expect(shapes.get(`recurrent${k}`)).toEqual({ ...size, perInput: false });
    }
    expect(shapes.get('prediction')).toEqual({ perInput: false, channels: 1, scale: 1 });
  });

  it('adds the anchor without adding parameters', () => {
    const plain = recurrentMz({ channels: 10, variant: 'plain' });
    const anchored = recurrentMz({ channels: 10, variant: 'anchored' });
    expect(listParameters(anchored)).toEqual(listParameters(plain));
    expect(plain.layers.some((layer) => layer.op === 'zInterpolation')).toBe(false);
    expect(anchored.layers.filter((layer) => layer.op === 'zInterpolation')).toHaveLength(1);
  });

  it('decides between two estimates by one more weight for each feature, and a term', () => {
    const blended = recurrentMz({ channels: 10, variant: 'blended' });
    expect(countParameters(blended)).toBe(1_800_211 + 10 + 1);
    const back = blended.layers.flatMap((layer) =>
      layer.op === 'lastInput' && layer.input === 'images' ? [layer.back] : [],
    );
    expect(back).toEqual([1, 0]);
  });

  it.each(['anchored', 'blended'] as const)('is data when %s: it survives JSON', (variant) => {
    const graph = recurrentMz({ channels: 4, levels: 2, variant });
    expect(parseGraph(JSON.stringify(graph))).toEqual(graph);
  });

  it('sees farther with every level and every image', () => {
    const radius = (levels: number, inputs: number): number =>
      receptiveFieldRadius(recurrentMz({ channels: 2, levels }), inputs);
    // One level, one image: two 3 x 3 convolutions and those of the gate.
    expect(radius(1, 1)).toBe(3);
    // Each further image adds the two convolutions of the state.
    expect(radius(1, 2)).toBe(5);
    expect(radius(5, 3)).toBeGreaterThan(radius(4, 3));
    expect(coarsestScale(recurrentMz({ levels: 5 }))).toBe(16);
  });

  it.each([{ channels: 3 }, { channels: 0 }, { levels: 0 }, { levels: 9 }, { levels: 1.5 }])(
    'refuses %o',
    (options) => {
      expect(() => recurrentMz(options)).toThrow(RangeError);
    },
  );
});

describe('inferShapes', () => {
  const graph = recurrentMz({ channels: 2, levels: 2, variant: 'anchored' });
  const broken: [string, (layers: readonly Layer[]) => readonly Layer[]][] = [
    ['a layer is missing', (layers) => layers.slice(1)],
    ['a name is used twice', (layers) => [...layers, ...layers.slice(-1)]],
    [
      'channels do not fit',
      (layers) =>
        layers.map((layer) =>
          layer.op === 'conv2d' ? { ...layer, inChannels: layer.inChannels + 1 } : layer,
        ),
    ],
    [
      'sizes do not fit',
      (layers) =>
        layers.map((layer) => (layer.op === 'maxPool2' ? { ...layer, op: 'relu' } : layer)),
    ],
    [
      'the recurrence ends in another size',
      (layers) =>
        layers.map((layer) =>
          layer.op === 'recurrent'
            ? { ...layer, state: { ...layer.state, channels: layer.state.channels * 2 } }
            : layer,
        ),
    ],
  ];
  it.each(broken)('notices when %s', (_, damage) => {
    expect(() => inferShapes({ ...graph, layers: damage(graph.layers) })).toThrow(RangeError);
  });
});
