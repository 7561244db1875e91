import { readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { PACKAGES } from '#assets/models/packages';
import { suggestModel } from '#core/command/suggestModel';
import type { TaskRunner } from '#core/command/TaskRunner';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import { createModelLibrary } from '#core/host/runtime/createModelLibrary';
import { createOnnxSession } from '#core/host/runtime/onnxSession';
import { deepZ } from '#core/network/deepZ';
import type { NetworkGraph } from '#core/network/graph';
import { ONNX_INPUT, ONNX_OUTPUT } from '#core/network/emitOnnx';
import { countParameters } from '#core/network/listParameters';
import { loadModelPackage } from '#core/network/loadModelPackage';
import { parseGraph } from '#core/network/parseGraph';
import { readDescription } from '#core/network/packageFiles';
import { readNpy } from '#core/network/readNpy';
import { recurrentMz } from '#core/network/recurrentMz';
import { unet3d } from '#core/network/unet3d';
import type { RunBlock } from '#core/reconstruct/ReconstructionModel';
import { reconstructPlane } from '#core/reconstruct/reconstructPlane';
import { maxDifference } from '#tests/helpers/networkFixtures';

const FOLDER = 'assets/models';
const NAME = 'recurrent-mz-63x';
const path = (file: string): string => `${FOLDER}/${NAME}/${file}`;

/** The part of quality.json that the card repeats. */
interface Quality {
  readonly sets: {
    readonly [title: string]: {
      readonly summary: {
        readonly stacks: number;
        readonly means: { readonly network: { readonly psnr: number } };
      };
    };
  };
}

const MOST_BYTES = 16e6;

/** What a package must hold, and how many weights that has by hand. */
function networkOf(name: string): [NetworkGraph, number] {
  const size = { levels: 5, variant: 'anchored' } as const;
  if (name.startsWith('deep-z')) return [deepZ({ channels: 16, variant: 'anchored' }), 2_408_028];
  if (name.startsWith('unet')) return [unet3d({ ...size, channels: 6 }), 579_832];
  if (name.includes('beads-63x')) {
    return [recurrentMz({ ...size, channels: 8, variant: 'blended' }), 1_152_554];
  }
  if (name.includes('beads')) return [recurrentMz({ ...size, channels: 8 }), 1_152_545];
  if (name.includes('20x')) {
    return [recurrentMz({ ...size, channels: 12, variant: 'blended' }), 2_591_702];
  }
  return [recurrentMz({ ...size, channels: 12 }), 2_591_689];
}

describe.each([...PACKAGES.keys()])('the package %s', (name) => {
  const file = (source: string): string => `${FOLDER}/${name}/${source}`;

  it('passes its own test, and weighs no more than 16 MB', async () => {
    const library = createModelLibrary({ folder: FOLDER, threads: 2 });
    expect(await library.test(name)).toMatchObject({ passed: true, tolerance: 1e-3 });
    const sizes = readdirSync(`${FOLDER}/${name}`).map((source) => statSync(file(source)).size);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MOST_BYTES);
  });

  it('is the anchored network that its description names', () => {
    const graph = parseGraph(readFileSync(file('graph.json'), 'utf8'));
    const [expected, weights] = networkOf(name);
    expect(graph).toEqual(expected);
    expect(countParameters(graph)).toBe(weights);
  });

  it('gives the same from its ONNX file, for other programs', async () => {
    const session = await createOnnxSession(readFileSync(file('model.onnx')), 'cpu', 2);
    const { shape, data } = readNpy(readFileSync(file('testInput.npy')));
    const images = new Tensor('float32', data, [...shape]);
    const plane = (await session.run({ [ONNX_INPUT]: images }))[ONNX_OUTPUT];
    const expected = readNpy(readFileSync(file('testOutput.npy'))).data;
    expect(maxDifference(plane.data as Float32Array, expected)).toBeLessThan(1e-4);
    await session.release();
  });

  it('has a card with the figures of its own quality.json', () => {
    const card = readFileSync(file('README.md'), 'utf8');
    const { sets } = JSON.parse(readFileSync(file('quality.json'), 'utf8')) as Quality;
    expect(Object.keys(sets).length).toBeGreaterThan(0);
    for (const { summary } of Object.values(sets)) {
      expect(summary.stacks).toBeGreaterThanOrEqual(20);
      expect(card).toContain(`| ${summary.means.network.psnr.toFixed(2)} |`);
    }
  });
});

describe('the shipped models', () => {
  it('are those that the library lists', async () => {
    const listed = await createModelLibrary({ folder: FOLDER, threads: 1 }).list();
    expect(listed.map(({ name }) => name)).toEqual([...PACKAGES.keys()].toSorted());
  });

  it('are suggested by pixel size and number of inputs', async () => {
    const models = await createModelLibrary({ folder: FOLDER, threads: 1 }).list();
    const suggested = (pixelSizeUm: number, inputCount: number) =>
      suggestModel(models, { pixelSizeUm, inputCount })?.name;
    expect(suggested(0.1, 3)).toBe('recurrent-mz-63x');
    expect(suggested(0.325, 2)).toBe('recurrent-mz-20x');
    expect(suggested(0.325, 1)).toBe('recurrent-mz-20x');
  });

  it('computes with the ONNX file where a package names no graph, as others may make them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'axial-onnx-'));
    const copy = join(folder, 'foreign');
    await cp(path(''), copy, { recursive: true });
    const rdf = parse(readFileSync(join(copy, 'rdf.yaml'), 'utf8')) as {
      config: { axial: { graph?: unknown; weights?: unknown } };
    };
    delete rdf.config.axial.graph;
    delete rdf.config.axial.weights;
    await writeFile(join(copy, 'rdf.yaml'), stringify(rdf));
    const library = createModelLibrary({ folder, threads: 2 });
    expect((await library.test('foreign')).passed).toBe(true);
    // Sides that need no filling up, which the two ways do each in its own way.
    const size = { width: 64, height: 32 };
    const inputs = [0, 2.4].map((zUm) => ({
      image: Float32Array.from({ length: 64 * 32 }, (_, i) => Math.sin(i / 11 + zUm) ** 2),
      zUm,
    }));
    const own = createModelLibrary({ folder: FOLDER, threads: 2 });
    const wanted = await (await own.load(NAME)).refocus(inputs, 1, size);
    const plane = await (await library.load('foreign')).refocus(inputs, 1, size);
    plane.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 4));
    await rm(folder, { recursive: true });
  });

  it('leaves no seam where a textured plane is cut into tiles', async () => {
    const read = (file: string) => Promise.resolve(readFileSync(path(file)));
    const model = await loadModelPackage(await readDescription(read, 'rdf.yaml'), read);
    const executor = createOnnxExecutor(model.network, { threads: 2 });
    const [width, height] = [1000, 48];
    const texture = (seed: number) =>
      Float32Array.from({ length: width * height }, (_, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        const coarse = Math.sin(x / 9 + seed) * Math.cos(y / 7 - seed);
        return coarse ** 2 + 0.3 * Math.sin(x * y * 0.37 + seed);
      });
    const request = {
      ...{ width, height, targetZUm: 2.2 },
      ...{ inputs: [0, 1, 2].map(texture), inputsZUm: [0, 3, 6] },
    };
    const run: RunBlock = (block) => executor.run(block);
    const whole = await reconstructPlane(request, model, run);
    const tiled = await reconstructPlane(request, model, run, { tilePx: 250 });
    const range = Math.max(...whole) - Math.min(...whole);
    expect(maxDifference(tiled, whole) / range).toBeLessThan(1e-4);
    const cut = await reconstructPlane(request, model, run, { tilePx: 250, haloPx: 8 });
    expect(maxDifference(cut, whole) / range).toBeGreaterThan(1e-3);
    await executor.dispose();
  });
});

describe('A network that sees an interpolated plane', () => {
  it('has it computed where tasks run, and lets go of it when cancelled', async () => {
    const names: string[] = [];
    const tasks: TaskRunner = {
      concurrency: 1,
      run: (name) => {
        names.push(name);
        return new Promise(() => undefined);
      },
    };
    const model = await createModelLibrary({ folder: FOLDER, threads: 1, tasks }).load(NAME);
    const inputs = [0, 3].map((zUm) => ({ image: new Float32Array(256), zUm }));
    const controller = new AbortController();
    const plane = model.refocus(inputs, 1, { width: 16, height: 16 }, controller.signal);
    controller.abort();
    await expect(plane).rejects.toMatchObject({ tag: 'CancelledError' });
    expect(names.toSorted()).toEqual(['fitSpecimen', 'planeSpectrum', 'planeSpectrum']);
  });
});
