import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadModelPackage } from '#core/network/loadModelPackage';
import { readDescription } from '#core/network/packageFiles';
import { parseGraph } from '#core/network/parseGraph';
import { readNpy } from '#core/network/readNpy';
import { sha256Hex } from '#core/network/sha256Hex';
import { testModel } from '#core/network/testModel';

const FIXTURES = 'tests/fixtures/network';
type Files = Map<string, Uint8Array>;

/** A package around the small network; `change` alters the description before it is written. */
async function smallPackage(change: (rdf: Record<string, unknown>) => void = () => undefined) {
  const files: Files = new Map();
  const parts = {
    'graph.json': 'anchored.json',
    'weights.safetensors': 'weights.safetensors',
    'testInput.npy': 'images3.npy',
    'testOutput.npy': 'anchored3.npy',
  };
  for (const [name, fixture] of Object.entries(parts)) {
    files.set(name, readFileSync(`${FIXTURES}/${fixture}`));
  }
  const file = async (source: string) => ({
    source,
    sha256: await sha256Hex(files.get(source) ?? new Uint8Array()),
  });
  const rdf = {
    type: 'model',
    format_version: '0.5.4',
    name: 'Small',
    version: '1.0',
    description: 'For tests.',
    inputs: [{ test_tensor: await file('testInput.npy') }],
    outputs: [{ test_tensor: await file('testOutput.npy') }],
    config: {
      axial: {
        graph: await file('graph.json'),
        weights: await file('weights.safetensors'),
        objective: { magnification: 63, numericalAperture: 1.4, immersionIndex: 1.515 },
        pixelSizeUm: 0.1,
        zStepUm: 0.2,
        inputCount: { min: 1, max: 3 },
        spacingUm: { min: 2, max: 4 },
        beyondUm: 0.5,
        singleInputReachUm: 2,
        inputOrder: 'nearestLast',
        dpmUnitUm: 10,
        normalisation: 'paper',
        trainedOn: 'nothing',
      },
    },
  };
  change(rdf);
  files.set('rdf.yaml', new TextEncoder().encode(stringify(rdf)));
  return files;
}

async function loadPackage(files: Files) {
  const read = reader(files);
  return loadModelPackage(await readDescription(read, 'rdf.yaml'), read);
}

function reader(files: Files) {
  return (path: string): Promise<Uint8Array> => {
    const bytes = files.get(path);
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no ${path}`));
  };
}

describe('loadModelPackage', () => {
  it('loads a sound package', async () => {
    const model = await loadPackage(await smallPackage());
    expect(model).toMatchObject({
      description: { name: 'Small', version: '1.0' },
      multiplePx: 4,
    });
    expect(model.axial.spacingUm).toEqual({ min: 2, max: 4 });
    expect(model.test.input.shape).toEqual([3, 2, 16, 12]);
    expect(model.receptiveFieldPx(3)).toBeGreaterThan(model.receptiveFieldPx(1));
  });

  it.each(['graph.json', 'weights.safetensors', 'testInput.npy', 'testOutput.npy'])(
    'notices a changed byte in %s and names the file',
    async (name) => {
      const files = await smallPackage();
      const bytes = new Uint8Array(files.get(name) ?? []);
      bytes[bytes.length - 2] ^= 1;
      files.set(name, bytes);
      await expect(loadPackage(files)).rejects.toMatchObject({
        tag: 'DamagedFileError',
        message: expect.stringContaining(name) as string,
      });
    },
  );

  it('notices a changed byte in the ONNX file, which is for other programs', async () => {
    const sha256 = await sha256Hex(new Uint8Array([1, 2, 3]));
    const files = await smallPackage((rdf) => {
      rdf['weights'] = { onnx: { source: 'model.onnx', sha256 } };
    });
    files.set('model.onnx', new Uint8Array([1, 2, 3]));
    await expect(loadPackage(files)).resolves.toBeDefined();
    files.set('model.onnx', new Uint8Array([1, 2, 2]));
    await expect(loadPackage(files)).rejects.toMatchObject({
      tag: 'DamagedFileError',
      message: expect.stringContaining('model.onnx') as string,
    });
  });

  it.each<[string, (rdf: Record<string, unknown>) => void, RegExp]>([
    ['another format', (rdf) => (rdf['format_version'] = '0.4.9'), /format_version/],
    ['another kind', (rdf) => (rdf['type'] = 'dataset'), /type/],
    ['two inputs', (rdf) => (rdf['inputs'] = [rdf['inputs'], rdf['inputs']]), /inputs/],
    ['nothing for Axial', (rdf) => (rdf['config'] = {}), /config\.axial/],
  ])('says why a package with %s does not load', async (_, change, message) => {
    const files = await smallPackage(change);
    await expect(loadPackage(files)).rejects.toMatchObject({
      tag: 'UnsupportedFileError',
      message: expect.stringMatching(message) as string,
    });
  });

  it('names the description when it is empty', async () => {
    const files = await smallPackage();
    files.set('rdf.yaml', new Uint8Array());
    await expect(loadPackage(files)).rejects.toMatchObject({
      tag: 'UnsupportedFileError',
      message: expect.stringContaining('this model: rdf.yaml: ') as string,
    });
  });

  it('notices a description that is no YAML', async () => {
    const files = await smallPackage();
    files.set('rdf.yaml', new TextEncoder().encode('a: [1, 2'));
    await expect(loadPackage(files)).rejects.toMatchObject({
      tag: 'DamagedFileError',
    });
  });

  it('names a weight that is missing', async () => {
    const files = await smallPackage();
    const graph = JSON.parse(new TextDecoder().decode(files.get('graph.json'))) as {
      layers: { op: string; name: string; bias?: boolean }[];
    };
    for (const layer of graph.layers) if (layer.name === 'encoder0.first.conv') layer.bias = true;
    const bytes = new TextEncoder().encode(JSON.stringify(graph));
    files.set('graph.json', bytes);
    const rdf = parse(new TextDecoder().decode(files.get('rdf.yaml'))) as {
      config: { axial: { graph: { sha256: string } } };
    };
    rdf.config.axial.graph.sha256 = await sha256Hex(bytes);
    files.set('rdf.yaml', new TextEncoder().encode(stringify(rdf)));
    await expect(loadPackage(files)).rejects.toThrow(/encoder0\.first\.conv\.bias/);
  });
});

describe('testModel', () => {
  let files: Files;
  beforeAll(async () => {
    files = await smallPackage();
  });
  const device = { provider: 'cpu', threads: 1, description: 'CPU (1 thread)' };

  async function resultOf(change: (plane: Float32Array) => Float32Array<ArrayBuffer>) {
    const model = await loadPackage(files);
    const expected = model.test.output.data;
    return testModel(model, {
      device,
      run: () => Promise.resolve(change(expected.slice())),
      memory: (length) => new Float32Array(length),
      prepare: () => undefined,
      dispose: () => Promise.resolve(),
    });
  }

  it('passes what comes out as it should', async () => {
    const result = await resultOf((plane) => new Float32Array(plane));
    expect(result).toEqual({
      maxDifference: 0,
      tolerance: 1e-3,
      passed: true,
      device: 'CPU (1 thread)',
    });
  });

  it.each<[string, (plane: Float32Array) => Float32Array<ArrayBuffer>]>([
    [
      'one sample that is off',
      (plane) => new Float32Array(plane.map((v, i) => (i === 9 ? v + 0.002 : v))),
    ],
    [
      'one sample that is no number',
      (plane) => new Float32Array(plane.map((v, i) => (i === 3 ? NaN : v))),
    ],
    ['samples that are missing', (plane) => new Float32Array(plane.subarray(1))],
  ])('fails for %s', async (_, change) => {
    expect((await resultOf(change)).passed).toBe(false);
  });
});

describe('sha256Hex', () => {
  it('gives the checksum of the standard', async () => {
    // FIPS 180-4, example "abc".
    expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('readNpy', () => {
  const sound = readFileSync(`${FIXTURES}/images1.npy`);

  it('reads what numpy wrote', () => {
    const { shape, data } = readNpy(sound);
    expect(shape).toEqual([1, 2, 8, 4]);
    expect(data).toHaveLength(64);
    expect(data.every((value) => value >= -0.25 && value <= 1)).toBe(true);
  });

  it.each([
    ['cut off in its data', sound.subarray(0, sound.length - 1)],
    ['cut off in its header', sound.subarray(0, 40)],
    ['of another kind', new TextEncoder().encode('this is no such file')],
    ['empty', new Uint8Array()],
  ])('notices a file that is %s', (_, bytes) => {
    expect(() => readNpy(bytes)).toThrow(expect.objectContaining({ tag: 'DamagedFileError' }));
  });

  it('reads other real numbers', () => {
    const file = (type: string, samples: Uint8Array) => {
      const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (2,), }`.padEnd(118);
      const start = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0];
      return Buffer.concat([Buffer.from(start), Buffer.from(text, 'latin1'), samples]);
    };
    const bytes = (array: ArrayBufferView) => new Uint8Array(array.buffer as ArrayBuffer);
    const values = (type: string, array: ArrayBufferView) => [
      ...readNpy(file(type, bytes(array))).data,
    ];
    expect(values('<f8', Float64Array.of(0.5, -3))).toEqual([0.5, -3]);
    expect(values('<u2', Uint16Array.of(7, 65535))).toEqual([7, 65535]);
    expect(values('<i8', BigInt64Array.of(-4n, 9n))).toEqual([-4, 9]);
    expect(values('|b1', Uint8Array.of(1, 0))).toEqual([1, 0]);
  });

  it('says that it reads real numbers alone', () => {
    const text = Buffer.from(sound).toString('latin1').replace('<f4', '<c8');
    expect(() => readNpy(Buffer.from(text, 'latin1'))).toThrow(
      expect.objectContaining({ tag: 'UnsupportedFileError' }),
    );
  });
});

describe('parseGraph', () => {
  const text = readFileSync(`${FIXTURES}/plain.json`, 'utf8');
  it.each([
    ['no JSON', text.slice(1)],
    ['of another version', text.replace('"version":1', '"version":2')],
    ['with an unknown layer', text.replace('"maxPool2"', '"meanPool2"')],
    ['with a name that nothing bears', text.replace('"input":"encoder0"', '"input":"encoderX"')],
  ])('refuses a graph that is %s', (_, changed) => {
    expect(changed).not.toBe(text);
    expect(() => parseGraph(changed)).toThrow(expect.objectContaining({ tag: 'DamagedFileError' }));
  });
});
