import { describe, expect, it } from 'vitest';
import { deepZ } from '#core/network/deepZ';
import { deepZDiscriminator, recurrentMzDiscriminator } from '#core/network/discriminator';
import type { NetworkGraph } from '#core/network/graph';
import { inferShapes } from '#core/network/inferShapes';
import { countParameters, listParameters } from '#core/network/listParameters';
import { parseGraph } from '#core/network/parseGraph';
import { coarsestScale, receptiveFieldRadius } from '#core/network/receptiveFieldRadius';
import { unet3d } from '#core/network/unet3d';

/** Weights and biases of one layer, from `inputs` to `outputs` channels. */
const conv = (inputs: number, outputs: number): number => 9 * inputs * outputs + outputs;
const upConv = (channels: number): number => 4 * channels * channels + channels;
const dense = (inputs: number, outputs: number): number => inputs * outputs + outputs;
/** 3 x 3 x 3 without bias, then gain and shift. */
const normalised3d = (inputs: number, outputs: number): number =>
  27 * inputs * outputs + 2 * outputs;

const sum = (...counts: number[]): number => counts.reduce((a, b) => a + b, 0);

describe('deepZ', () => {
  it('has the parameters of the paper, layer by layer', () => {
    const down = sum(
      ...[conv(2, 25), conv(25, 48)],
      ...[conv(48, 72), conv(72, 96)],
      ...[conv(96, 144), conv(144, 192)],
      ...[conv(192, 288), conv(288, 384)],
      ...[conv(384, 576), conv(576, 768)],
    );
    const up = sum(
      ...[upConv(768), conv(1152, 576), conv(576, 384)],
      ...[upConv(384), conv(576, 288), conv(288, 192)],
      ...[upConv(192), conv(288, 144), conv(144, 96)],
      ...[upConv(96), conv(144, 72), conv(72, 48)],
    );
    expect(countParameters(deepZ())).toBe(down + up + conv(48, 1));
    expect(down + up + conv(48, 1)).toBe(21_657_836);
  });

  it('keeps the channels of the paper at every width', () => {
    const shapes = inferShapes(deepZ({ channels: 12, levels: 3 }));
    expect([0, 1, 2].map((k) => shapes.get(`down${k}.first`)?.channels)).toEqual([7, 18, 36]);
    expect([0, 1, 2].map((k) => shapes.get(`down${k}`)?.channels)).toEqual([12, 24, 48]);
    expect([1, 0].map((k) => shapes.get(`up${k}.first`)?.channels)).toEqual([36, 18]);
    expect(shapes.get('prediction')).toEqual({ perInput: false, channels: 1, scale: 1 });
  });

  it('starts from biases of 0.1 and from kernels as Glorot and Bengio draw them', () => {
    expect(deepZ().initial).toEqual({ weights: 'xavier', bias: 0.1 });
  });

  it('sees as far with many images as with one', () => {
    // Down: 2 + 4 with scale 1 and 2; up: the doubled pixel and two convolutions; the last one.
    expect(receptiveFieldRadius(deepZ({ channels: 4, levels: 2 }), 1)).toBe(2 + 4 + 1 + 2 + 1);
    expect(receptiveFieldRadius(deepZ({ channels: 4, levels: 2 }), 3)).toBe(10);
  });
});

describe('unet3d', () => {
  it('has the parameters of 60 to 960 channels with 3 x 3 x 3 kernels, layer by layer', () => {
    const down = sum(
      ...[normalised3d(1, 30), normalised3d(30, 60)],
      ...[normalised3d(60, 60), normalised3d(60, 120)],
      ...[normalised3d(120, 120), normalised3d(120, 240)],
      ...[normalised3d(240, 240), normalised3d(240, 480)],
      ...[normalised3d(480, 480), normalised3d(480, 960)],
    );
    const up = sum(
      ...[normalised3d(1440, 480), normalised3d(480, 480)],
      ...[normalised3d(720, 240), normalised3d(240, 240)],
      ...[normalised3d(360, 120), normalised3d(120, 120)],
      ...[normalised3d(180, 60), normalised3d(60, 60)],
    );
    expect(countParameters(unet3d())).toBe(down + up + 61);
    expect(down + up + 61).toBe(57_892_651);
  });

  it('makes one volume of images and matrices, and keeps its depth', () => {
    const shapes = inferShapes(unet3d({ channels: 4, levels: 3 }));
    expect(shapes.get('volume')).toEqual({ perInput: true, channels: 1, scale: 1 });
    expect(shapes.get('encoder2')).toEqual({ perInput: true, channels: 16, scale: 4 });
    expect(shapes.get('plane')).toEqual({ perInput: false, channels: 4, scale: 1 });
  });
});

describe('discriminators', () => {
  it('have the parameters of five blocks of 40 to 640 channels (Recurrent-MZ)', () => {
    const blocks = sum(
      ...[conv(1, 40), conv(40, 40), conv(40, 80), conv(80, 80)],
      ...[conv(80, 160), conv(160, 160), conv(160, 320), conv(320, 320)],
      ...[conv(320, 640), conv(640, 640)],
    );
    const graph = recurrentMzDiscriminator();
    expect(countParameters(graph)).toBe(blocks + dense(640, 20) + dense(20, 1));
  });

  it('have the parameters of six blocks of 48 to 3072 channels (Deep-Z)', () => {
    const blocks = sum(
      ...[conv(1, 48), conv(48, 96), conv(96, 96), conv(96, 192)],
      ...[conv(192, 192), conv(192, 384), conv(384, 384), conv(384, 768)],
      ...[conv(768, 768), conv(768, 1536), conv(1536, 1536), conv(1536, 3072)],
    );
    const graph = deepZDiscriminator();
    expect(countParameters(graph)).toBe(blocks + dense(3072, 3072) + dense(3072, 1));
  });

  it('give one number for an image of any size', () => {
    expect(inferShapes(deepZDiscriminator(2)).get('real')).toMatchObject({
      channels: 1,
      scale: Infinity,
    });
    expect(receptiveFieldRadius(recurrentMzDiscriminator(2), 1)).toBe(Infinity);
    expect(coarsestScale(recurrentMzDiscriminator(2))).toBe(32);
  });

  it.each([0, -1, 1.3])('refuse %d channels', (channels) => {
    expect(() => recurrentMzDiscriminator(channels)).toThrow(RangeError);
    expect(() => deepZDiscriminator(channels)).toThrow(RangeError);
  });
});

const networks: [string, NetworkGraph][] = [
  ['Deep-Z', deepZ({ channels: 4, variant: 'anchored' })],
  ['the 3D U-Net', unet3d({ channels: 4, variant: 'anchored' })],
  ['a discriminator', deepZDiscriminator(2)],
];

describe('a network', () => {
  it.each(networks)('survives being written as text: %s', (_, graph) => {
    expect(parseGraph(JSON.stringify(graph))).toEqual(graph);
  });

  it.each([deepZ, unet3d])('adds its anchor without adding parameters', (make) => {
    const anchored = make({ channels: 4, levels: 2, variant: 'anchored' });
    expect(listParameters(anchored)).toEqual(listParameters(make({ channels: 4, levels: 2 })));
  });

  it.each([{ channels: 3 }, { channels: 0 }, { levels: 0 }, { levels: 9 }])(
    'refuses %o',
    (options) => {
      expect(() => deepZ(options)).toThrow(RangeError);
      expect(() => unet3d(options)).toThrow(RangeError);
    },
  );

  it('must weigh one pixel in a dense layer, and keep no more channels than there are', () => {
    const graph = deepZDiscriminator(2);
    const without = graph.layers.filter(({ op }) => op !== 'globalAverage');
    const layers = without.map((layer) =>
      layer.name === 'hidden.dense' ? { ...layer, input: 'block5' } : layer,
    );
    expect(() => inferShapes({ ...graph, layers })).toThrow(/one pixel/);
    const deep = deepZ({ channels: 2, levels: 1, variant: 'anchored' });
    const wide = deep.layers.map((layer) =>
      layer.op === 'firstChannels' ? { ...layer, channels: 3 } : layer,
    );
    expect(() => inferShapes({ ...deep, layers: wide })).toThrow(/3 channels of 2/);
  });
});
