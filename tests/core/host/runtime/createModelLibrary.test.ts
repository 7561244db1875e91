import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { fittedOptics } from '#core/optics/fit/fittedOptics';
import { fitSpecimen } from '#core/optics/fit/fitSpecimen';
import { specimenImage } from '#core/optics/fit/specimenImage';
import { turnPlane, turnPlaneBack } from '#core/reconstruct/turnPlane';
import { createModelLibrary } from '#core/host/runtime/createModelLibrary';
import { writeZooPackage, zooImage } from '#tests/helpers/zooPackage';
import { sha256Hex } from '#core/network/sha256Hex';

const FIXTURES = 'tests/fixtures/network';
const PARTS = {
  'graph.json': 'anchored.json',
  'weights.safetensors': 'weights.safetensors',
  'testInput.npy': 'images2.npy',
  'testOutput.npy': 'anchored2.npy',
} as const;

interface PackageChanges {
  readonly graphSource?: string;
  /** Text of specimenFit.json. @default none */
  readonly fit?: string;
}

async function writePackage(folder: string, changes: PackageChanges = {}) {
  await mkdir(folder, { recursive: true });
  const file = async (source: keyof typeof PARTS | 'specimenFit.json') => ({
    source,
    sha256: await sha256Hex(await readFile(join(folder, source))),
  });
  for (const [name, fixture] of Object.entries(PARTS)) {
    await cp(join(FIXTURES, fixture), join(folder, name));
  }
  const graph = await file('graph.json');
  if (changes.fit !== undefined) await writeFile(join(folder, 'specimenFit.json'), changes.fit);
  const rdf = {
    type: 'model',
    format_version: '0.5.4',
    name: 'Small network',
    description: 'For tests.',
    inputs: [{ test_tensor: await file('testInput.npy') }],
    outputs: [{ test_tensor: await file('testOutput.npy') }],
    config: {
      axial: {
        graph: { ...graph, source: changes.graphSource ?? graph.source },
        weights: await file('weights.safetensors'),
        ...(changes.fit !== undefined && { fit: await file('specimenFit.json') }),
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
  await writeFile(join(folder, 'rdf.yaml'), stringify(rdf));
}

describe('createModelLibrary', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-models-'));
    await writePackage(join(folder, 'small'));
    await mkdir(join(folder, 'no-model'));
    await writeFile(join(folder, 'train.py'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('lists the folders that are model packages', async () => {
    const models = await createModelLibrary({ folder }).list();
    expect(models).toEqual([
      {
        name: 'small',
        title: 'Small network',
        description: 'For tests.',
        pixelSizeUm: 0.1,
        zStepUm: 0.2,
        // Nothing was said of a range, so what is near counts as trained.
        pixelRangeUm: { min: 0.8 * 0.1, max: 1.2 * 0.1 },
        objective: { magnification: 63, numericalAperture: 1.4, immersionIndex: 1.515 },
        minInputSpacingUm: 2,
        maxInputSpacingUm: 4,
        extrapolationUm: 0.5,
        singleInputReachUm: 2,
        specimens: [],
        minInputs: 1,
        maxInputs: 3,
      },
    ]);
  });

  it('lists nothing where there is no folder', async () => {
    expect(await createModelLibrary({ folder: join(folder, 'nowhere') }).list()).toEqual([]);
  });

  it('passes the test of a sound package and says what computed', async () => {
    const result = await createModelLibrary({ folder, threads: 1 }).test('small');
    expect(result).toMatchObject({ name: 'small', passed: true, device: 'CPU (1 thread)' });
    expect(result.maxAbsoluteDifference).toBeLessThan(1e-5);
  });

  it('refocuses at any size and for each pixel', async () => {
    const model = await createModelLibrary({ folder, threads: 1 }).load('small');
    const size = { width: 7, height: 5 };
    const inputs = [0, 3].map((zUm) => ({ image: new Float32Array(35).fill(zUm / 3), zUm }));
    const flat = await model.refocus(inputs, 1, size);
    const map = await model.refocus(inputs, new Float32Array(35).fill(1), size);
    expect(flat).toHaveLength(35);
    flat.forEach((value, i) => expect(map[i]).toBeCloseTo(value, 5));
  });

  it('turns what the network sees, and its answer back', async () => {
    const model = await createModelLibrary({ folder, threads: 1 }).load('small');
    const size = { width: 7, height: 5 };
    const image = Float32Array.from({ length: 35 }, (_, i) => Math.sin(i * i));
    const target = Float32Array.from({ length: 35 }, (_, i) => 1 + i / 35);
    const turned = await model.refocus([{ image, zUm: 0 }], target, size, undefined, 5);
    const seen = { image: turnPlane(image, size, 5), zUm: 0 };
    const wanted = await model.refocus([seen], turnPlane(target, size, 5), { width: 5, height: 7 });
    expect(turned).toEqual(turnPlaneBack(wanted, size, 5));
  });

  it.each([
    { model: 'layers', steps: 3 } as const,
    { model: 'grains', steps: 4 } as const,
    { model: 'points' } as const,
  ])('shows a network that wants it a specimen as $model find it', async (fit) => {
    const fitting = join(folder, 'more', 'fitting');
    await writePackage(fitting, { fit: JSON.stringify([fit]) });
    const library = createModelLibrary({ folder, threads: 1 });
    const size = { width: 16, height: 12 };
    const zUm = [0, 3];
    const planes = zUm.map((z) =>
      Float32Array.from({ length: 192 }, (_, i) => Math.exp(-(((i % 16) - 7 - z) ** 2) / 9)),
    );
    const inputs = planes.map((image, m) => ({ image, zUm: zUm[m] }));
    // What is not stated is as the model expects.
    const stated = { numericalAperture: 1.2, immersionIndex: 1.515, emissionUm: 0.525 };
    const optics = fittedOptics(fit.model, stated);
    const field = { ...size, pixelSizeUm: { x: 0.1, y: 0.1 }, ...optics, rangeUm: [0, 3] as const };
    const specimen = fitSpecimen({ ...field, planes, zUm, ...fit });
    const fitted = { image: specimenImage({ specimen, zUm: 1 }), zUm: 1 };
    const plane = await (
      await library.load(fitting)
    ).refocus(inputs, 1, { ...size, numericalAperture: 1.2 });
    const wanted = await (await library.load('small')).refocus([...inputs, fitted], 1, size);
    plane.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 4));
  });

  it.each([
    '[{"model": "layers", "steps": "many"}]',
    '[{"model": "worms", "steps": 3}]',
    '[{"model": "layers"}]',
    '{"model": "points"}',
    '[]',
    'points',
  ])('says that it cannot read how specimens are fitted: %s', async (fit) => {
    const unfit = join(folder, 'more', 'unfit');
    await writePackage(unfit, { fit });
    await expect(createModelLibrary({ folder }).load(unfit)).rejects.toMatchObject({
      tag: 'DamagedFileError',
    });
  });

  it('gives the description as it stands', async () => {
    const info = await createModelLibrary({ folder }).info('small');
    expect(info).toMatchObject({ name: 'Small network', config: { axial: { pixelSizeUm: 0.1 } } });
  });

  it.each(['missing', '../small', 'no-model', ''])('knows no model called "%s"', async (name) => {
    await expect(createModelLibrary({ folder }).load(name)).rejects.toMatchObject({
      tag: expect.stringMatching(/ImpossibleRequestError|DamagedFileError/) as string,
    });
  });

  it('does not read files outside a package', async () => {
    await writePackage(join(folder, 'curious'), { graphSource: '../small/graph.json' });
    await expect(createModelLibrary({ folder }).load('curious')).rejects.toMatchObject({
      tag: 'DamagedFileError',
      message: expect.stringContaining('../small/graph.json') as string,
    });
    await rm(join(folder, 'curious'), { recursive: true });
  });

  it('leaves out a package that it cannot read, and says why when it is used', async () => {
    await mkdir(join(folder, 'foreign'));
    await writeFile(join(folder, 'foreign', 'rdf.yaml'), 'type: model');
    const library = createModelLibrary({ folder });
    expect((await library.list()).map(({ name }) => name)).toEqual(['small']);
    await expect(library.load('foreign')).rejects.toMatchObject({ tag: 'UnsupportedFileError' });
    await rm(join(folder, 'foreign'), { recursive: true });
  });

  it('runs a package made by others from its folder, its description or its archive', async () => {
    const other = join(folder, 'other');
    writeZooPackage(other, '0.5', { before: [['zero_mean_unit_variance', { axes: ['y', 'x'] }]] });
    const archive = join(folder, 'other.zip');
    const script = `import shutil; shutil.make_archive(${JSON.stringify(other)}, "zip", ${JSON.stringify(folder)}, "other")`;
    execFileSync('python3', ['-c', script]);
    const library = createModelLibrary({ folder: join(folder, 'nowhere'), threads: 1 });
    const results: Float32Array[] = [];
    for (const path of [other, join(other, 'rdf.yaml'), archive]) {
      const network = await library.loadPlaneNetwork(path);
      expect(network.title).toBe('Small network');
      // Odd sides, and smaller than the network takes: it is fed more, and what it adds is cut off.
      results.push(await network.apply({ width: 11, height: 3, data: zooImage().slice(0, 33) }));
    }
    expect(results[0]).toHaveLength(33);
    expect(new Set(results[0]).size).toBeGreaterThan(10);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(await library.test(archive)).toMatchObject({ passed: false });
    await rm(other, { recursive: true });
  });

  it('sends to the right command who asks a network for what it does not do', async () => {
    const other = join(folder, 'other');
    writeZooPackage(other, '0.4');
    const library = createModelLibrary({ folder, threads: 1 });
    await expect(library.load(other)).rejects.toMatchObject({
      tag: 'UnsupportedFileError',
      remedy: expect.stringContaining('axial apply') as string,
    });
    await expect(library.loadPlaneNetwork('small')).rejects.toMatchObject({
      tag: 'UnsupportedFileError',
      remedy: expect.stringContaining('axial reconstruct') as string,
    });
    expect((await library.list()).map(({ name }) => name)).toEqual(['small']);
    await rm(other, { recursive: true });
  });

  it('refuses a package that keeps a part of itself on the network, and one with a changed file', async () => {
    const other = join(folder, 'other');
    const library = createModelLibrary({ folder, threads: 1 });
    const weights = (onnx: object) => ({ changes: { weights: { onnx } } });
    writeZooPackage(other, '0.5', weights({ source: 'https://example.org/net.onnx' }));
    await expect(library.loadPlaneNetwork(other)).rejects.toMatchObject({
      tag: 'UnsupportedFileError',
      remedy: expect.stringContaining('.zip') as string,
    });
    writeZooPackage(other, '0.5', weights({ source: 'net.onnx', sha256: '0'.repeat(64) }));
    await expect(library.loadPlaneNetwork(other)).rejects.toMatchObject({
      tag: 'DamagedFileError',
      message: expect.stringContaining('net.onnx') as string,
    });
    await rm(other, { recursive: true });
  });

  it('tries again after a package was repaired', async () => {
    const library = createModelLibrary({ folder, threads: 1 });
    await expect(library.load('late')).rejects.toMatchObject({ tag: 'ImpossibleRequestError' });
    await writePackage(join(folder, 'late'));
    expect((await library.load('late')).summary.name).toBe('late');
    await rm(join(folder, 'late'), { recursive: true });
  });
});
