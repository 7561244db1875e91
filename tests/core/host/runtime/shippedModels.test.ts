import { readFileSync } from 'node:fs';
import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import { createModelLibrary } from '#core/host/runtime/createModelLibrary';
import { createOnnxSession } from '#core/host/runtime/onnxSession';
import { ONNX_INPUT, ONNX_OUTPUT } from '#core/network/emitOnnx';
import { countParameters } from '#core/network/listParameters';
import { loadModelPackage } from '#core/network/loadModelPackage';
import { parseGraph } from '#core/network/parseGraph';
import { readNpy } from '#core/network/readNpy';
import { recurrentMz } from '#core/network/recurrentMz';
import type { RunBlock } from '#core/reconstruct/ReconstructionModel';
import { reconstructPlane } from '#core/reconstruct/reconstructPlane';
import { maxDifference } from '#tests/helpers/networkFixtures';

const FOLDER = 'assets/models';
const NAME = 'recurrent-mz-nuclei-63x';
const path = (file: string): string => `${FOLDER}/${NAME}/${file}`;

describe('the shipped model', () => {
  it('is the first that the library lists, and passes its own test', async () => {
    const library = createModelLibrary({ folder: FOLDER, threads: 2 });
    expect((await library.list()).map(({ name }) => name)).toContain(NAME);
    expect(await library.test(NAME)).toMatchObject({ passed: true, tolerance: 1e-3 });
  });

  it('is the anchored network of the paper with 8 channels and five levels', () => {
    const graph = parseGraph(readFileSync(path('graph.json'), 'utf8'));
    expect(graph).toEqual(recurrentMz({ channels: 8, levels: 5, variant: 'anchored' }));
    expect(countParameters(graph)).toBe(1_152_545);
  });

  it('gives the same from its ONNX file, for other programs', async () => {
    const session = await createOnnxSession(readFileSync(path('model.onnx')), 'cpu', 2);
    const { shape, data } = readNpy(readFileSync(path('testInput.npy')));
    const images = new Tensor('float32', data, [...shape]);
    const plane = (await session.run({ [ONNX_INPUT]: images }))[ONNX_OUTPUT];
    const expected = readNpy(readFileSync(path('testOutput.npy'))).data;
    expect(maxDifference(plane.data as Float32Array, expected)).toBeLessThan(1e-4);
    await session.release();
  });

  it('leaves no seam where a textured plane is cut into tiles', async () => {
    const model = await loadModelPackage((file) => Promise.resolve(readFileSync(path(file))));
    const executor = await createOnnxExecutor(model, { threads: 2 });
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
    const cut = await reconstructPlane(request, model, run, { tilePx: 250, haloPx: 16 });
    expect(maxDifference(cut, whole) / range).toBeGreaterThan(1e-3);
    await executor.dispose();
  });
});
