import { describe, expect, it } from 'vitest';
import { fitNetwork } from '#core/network/zoo/fitNetwork';
import { parseZooModel } from '#core/network/zoo/parseZooModel';
import { describeZoo, type ZooPackageOptions } from '#tests/helpers/zooPackage';

type Change = (description: ReturnType<typeof describeZoo>) => void;

function fit(format: '0.4' | '0.5', options: ZooPackageOptions = {}, change: Change = () => {}) {
  const description = describeZoo(format, options);
  change(description);
  return fitNetwork(parseZooModel(structuredClone(description)), 'plane');
}

/** Changes of a sound description, and what the refusal must speak of. */
const REFUSED: readonly (readonly ['0.4' | '0.5', string, RegExp, ZooPackageOptions])[] = [
  [
    '0.5',
    'weights for PyTorch and TensorFlow alone',
    /torchscript, tensorflow_js.*Axial needs ONNX/,
    { changes: { weights: { torchscript: { source: 'a' }, tensorflow_js: { source: 'b' } } } },
  ],
  [
    '0.5',
    'weights in two files',
    /more than one file/,
    { changes: { weights: { onnx: { source: 'a', external_data: { source: 'b' } } } } },
  ],
  ['0.5', 'a step that nobody knows', /step "deblur"/, { before: [['deblur', {}]] }],
  [
    '0.5',
    'figures of each row',
    /"scale_range".*one axis/,
    { before: [['scale_range', { axes: ['x'] }]] },
  ],
  [
    '0.5',
    'whole numbers for the network',
    /"ensure_dtype".*fractions/,
    { before: [['ensure_dtype', { dtype: 'uint8' }]] },
  ],
  ['0.4', 'a step that nobody knows', /step "stardist"/, { after: [['stardist', {}]] }],
  [
    '0.5',
    'an older format',
    /format 0\.3\.6; Axial reads/,
    { changes: { format_version: '0.3.6' } },
  ],
  [
    '0.4',
    'no tests',
    /rules of its format 0\.4\.10 \(test_inputs/,
    { changes: { test_inputs: 3 } },
  ],
  ['0.5', 'another kind', /none of a model/, { changes: { type: 'dataset' } }],
];

describe('fitNetwork', () => {
  it.each(['0.4', '0.5'] as const)('takes a network from plane to plane, format %s', (format) => {
    const { shape, ...rest } = fit(format, { halo: 4 });
    expect(rest).toEqual({ minPx: 16, multiplePx: 2, haloPx: 4 });
    expect(shape({ inputCount: 1, height: 30, width: 20 })).toEqual([1, 1, 30, 20]);
    expect(fit(format).haloPx).toBeNull();
  });

  it.each(REFUSED)('says what it cannot serve: format %s, %s', (format, _, message, options) => {
    expect(() => fit(format, options)).toThrow(
      expect.objectContaining({
        tag: 'UnsupportedFileError',
        message: expect.stringMatching(message) as string,
        remedy: expect.stringMatching(/\w{5}/) as string,
      }),
    );
  });

  it.each<[string, RegExp, '0.4' | '0.5', Change]>([
    [
      'three channels',
      /takes images of 3 channels; Axial can serve 1/,
      '0.5',
      ({ inputs: [input] }) =>
        (input.axes[1] = { type: 'channel', channel_names: ['r', 'g', 'b'] }),
    ],
    [
      'two channels to give',
      /gives images of 2 channels/,
      '0.5',
      ({ outputs: [output] }) => (output.axes[1] = { type: 'channel', channel_names: ['a', 'b'] }),
    ],
    [
      'volumes',
      /takes arrays of axes batch, z \(16\), y, x; Axial can serve single planes/,
      '0.5',
      ({ inputs: [input] }) => (input.axes[1] = { type: 'space', id: 'z', size: 16 }),
    ],
    [
      'one size',
      /takes images of 256 x 256 pixels only/,
      '0.4',
      ({ inputs: [input] }) => (input.shape = [1, 1, 256, 256]),
    ],
    [
      'a finer image to give',
      /not as large/,
      '0.4',
      ({ outputs: [output] }) =>
        (output.shape = { reference_tensor: 'raw', scale: [1, 1, 2, 2], offset: [0, 0, 0, 0] }),
    ],
    [
      'a cut border',
      /not as large/,
      '0.5',
      ({ outputs: [output] }) =>
        (output.axes[2] = {
          ...{ type: 'space', id: 'y' },
          size: { tensor_id: 'raw', axis_id: 'y', offset: -8 },
        }),
    ],
    ['two inputs', /has 2 inputs/, '0.4', ({ inputs }) => inputs.push(inputs[0])],
  ])('says what it cannot serve: %s', (_, message, format, change) => {
    expect(() => fit(format, {}, change)).toThrow(
      expect.objectContaining({
        tag: 'UnsupportedFileError',
        message: expect.stringMatching(message) as string,
      }),
    );
  });
});
