import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** A step of pre- or postprocessing, by its name in the format. */
export type StatedStep = readonly [name: string, kwargs?: { readonly [name: string]: unknown }];

/** What a package states besides what every one does. */
export interface ZooPackageOptions {
  readonly before?: readonly StatedStep[];
  readonly after?: readonly StatedStep[];
  readonly halo?: number;
  /** Merged over the description. */
  readonly changes?: { readonly [field: string]: unknown };
}

/** Pixels of the image that `zooImage` makes; the network takes even sides from 16 on. */
export const ZOO_SIZE = { width: 52, height: 38 } as const;

/** Grey levels of a camera, deterministic. */
export function zooImage(): Float32Array<ArrayBuffer> {
  const { width, height } = ZOO_SIZE;
  return Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Math.round(400 + 300 * Math.sin(x / 5) * Math.cos(y / 4) + ((i * 7919) % 97));
  });
}

/** A float32 .npy file. */
export function npyBytes(shape: readonly number[], data: Float32Array): Uint8Array {
  const words = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = `${words.padEnd(117)}\n`;
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  const samples = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat([start, Buffer.from(header, 'latin1'), samples]);
}

/**
 * Writes a package of the BioImage Model Zoo as others make them: a small network of PyTorch as ONNX,
 * from one image with one channel to another.
 *
 * @param expected what the package says must come of `zooImage`
 */
export function writeZooPackage(
  folder: string,
  format: '0.4' | '0.5',
  options: ZooPackageOptions = {},
  expected: Float32Array = zooImage(),
): void {
  mkdirSync(folder, { recursive: true });
  const shape = [1, 1, ZOO_SIZE.height, ZOO_SIZE.width];
  copyFileSync('tests/fixtures/network/zooNetwork.onnx', join(folder, 'net.onnx'));
  writeFileSync(join(folder, 'in.npy'), npyBytes(shape, zooImage()));
  writeFileSync(join(folder, 'out.npy'), npyBytes(shape, expected));
  writeFileSync(join(folder, 'README.md'), '# Small network\n\nFor tests.\n');
  writeFileSync(join(folder, 'rdf.yaml'), stringify(describeZoo(format, options)));
}

/** The tensors of a description, as loose as YAML. */
interface Described {
  [field: string]: unknown;
  readonly inputs: { axes: unknown[]; shape?: unknown }[];
  readonly outputs: { axes: unknown[]; shape?: unknown }[];
}

/** What the rdf.yaml of such a package states. */
export function describeZoo(format: '0.4' | '0.5', options: ZooPackageOptions = {}): Described {
  return {
    type: 'model',
    name: 'Small network',
    description: 'For tests.',
    authors: [{ name: 'Nobody' }],
    cite: [{ text: 'Nobody', doi: '10.1038/s41377-021-00506-9' }],
    license: 'MIT',
    documentation: 'README.md',
    weights: { onnx: { source: 'net.onnx', opset_version: 13 } },
    ...(format === '0.5' ? format5(options) : format4(options)),
    ...options.changes,
  } as unknown as Described;
}

function format5({ before = [], after = [], halo }: ZooPackageOptions) {
  const step = ([id, kwargs]: StatedStep) => ({ id, ...(kwargs && { kwargs }) });
  const size = { min: 16, step: 2 };
  const like = (axis: string) => ({ tensor_id: 'raw', axis_id: axis });
  return {
    format_version: '0.5.4',
    inputs: [
      {
        id: 'raw',
        axes: [
          { type: 'batch' },
          { type: 'channel', channel_names: ['intensity'] },
          { type: 'space', id: 'y', size },
          { type: 'space', id: 'x', size },
        ],
        data: { type: 'float32' },
        preprocessing: before.map(step),
        test_tensor: { source: 'in.npy' },
      },
    ],
    outputs: [
      {
        id: 'made',
        axes: [
          { type: 'batch' },
          { type: 'channel', channel_names: ['made'] },
          ...['y', 'x'].map((id) => ({
            ...{ type: 'space', id, size: like(id) },
            ...(halo !== undefined && { halo }),
          })),
        ],
        data: { type: 'float32' },
        postprocessing: after.map(step),
        test_tensor: { source: 'out.npy' },
      },
    ],
  };
}

function format4({ before = [], after = [], halo }: ZooPackageOptions) {
  const step = ([name, kwargs]: StatedStep) => ({ name, ...(kwargs && { kwargs }) });
  const tensor = { axes: 'bcyx', data_type: 'float32' };
  return {
    format_version: '0.4.10',
    timestamp: '2024-01-01T00:00:00',
    inputs: [
      {
        ...tensor,
        ...{ name: 'raw', shape: { min: [1, 1, 16, 16], step: [0, 0, 2, 2] } },
        preprocessing: before.map(step),
      },
    ],
    outputs: [
      {
        ...tensor,
        name: 'made',
        shape: { reference_tensor: 'raw', scale: [1, 1, 1, 1], offset: [0, 0, 0, 0] },
        postprocessing: after.map(step),
        ...(halo !== undefined && { halo: [0, 0, halo, halo] }),
      },
    ],
    test_inputs: ['in.npy'],
    test_outputs: ['out.npy'],
  };
}
