import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import type { OnnxProvider } from '#core/host/runtime/onnxSession';
import { deepZ } from '#core/network/deepZ';
import { deepZDiscriminator, recurrentMzDiscriminator } from '#core/network/discriminator';
import type { NetworkGraph } from '#core/network/graph';
import type { NetworkBlock } from '#core/network/NetworkExecutor';
import { emittedOnnx } from '#core/network/OnnxSource';
import { readNpy } from '#core/network/readNpy';
import { recurrentMz } from '#core/network/recurrentMz';
import { unet3d } from '#core/network/unet3d';
import { elementCount } from '#core/network/Weights';
import { writeSafetensors } from '#core/network/writeSafetensors';
import { maxDifference } from '#tests/helpers/networkFixtures';
import { noise, randomWeights } from '#tests/helpers/randomWeights';
import { hasTorch, torchNeeded, torchPython } from '#tests/helpers/torch';

const run = promisify(execFile);
/** Of the range of what comes out, in float32. */
const TOLERANCE = 1e-4;

interface Case {
  readonly name: string;
  readonly graph: NetworkGraph;
  readonly block: NetworkBlock;
}

/** Every network of core/network, small but whole, on images of even and of odd sizes. */
const CASES: readonly Case[] = [
  given('Recurrent-MZ, one image', recurrentMz({ channels: 8, levels: 5 }), 1, 32, 48),
  given('Recurrent-MZ, odd size', recurrentMz({ channels: 8, levels: 5 }), 3, 37, 51),
  given('anchored Recurrent-MZ', recurrentMz({ channels: 8, variant: 'anchored' }), 2, 48, 32),
  given(
    'anchored Recurrent-MZ, odd size',
    recurrentMz({ channels: 8, variant: 'anchored' }),
    5,
    1,
    19,
  ),
  given('blended Recurrent-MZ', recurrentMz({ channels: 8, variant: 'blended' }), 4, 32, 48),
  given('Deep-Z', deepZ({ channels: 8, levels: 5 }), 1, 48, 32),
  given('Deep-Z, odd size', deepZ({ channels: 6, levels: 4 }), 1, 33, 7),
  given(
    'anchored Deep-Z, given two images',
    deepZ({ channels: 8, variant: 'anchored' }),
    2,
    31,
    32,
  ),
  given('3D U-Net', unet3d({ channels: 6, levels: 5 }), 3, 32, 48),
  given('3D U-Net, one image of odd size', unet3d({ channels: 6, levels: 4 }), 1, 13, 21),
  given('anchored 3D U-Net', unet3d({ channels: 6, levels: 4, variant: 'anchored' }), 2, 24, 40),
  given("Recurrent-MZ's discriminator", recurrentMzDiscriminator(4), 1, 64, 96),
  given("Deep-Z's discriminator, odd size", deepZDiscriminator(4), 1, 75, 97),
];

function given(
  name: string,
  graph: NetworkGraph,
  inputCount: number,
  height: number,
  width: number,
): Case {
  const channels = graph.input.channels.length;
  const data = noise(inputCount * channels * height * width, 77);
  return { name, graph, block: { inputCount, height, width, data } };
}

/** A .npy file of float32 (format 1). */
function npyBytes(shape: readonly number[], data: Float32Array): Buffer {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0, 0]);
  head.writeUInt16LE(padded.length, 8);
  return Buffer.concat([head, Buffer.from(padded), Buffer.from(data.buffer)]);
}

/** Why a provider cannot compute here, or `null` when it can. */
async function reasonAgainst(provider: OnnxProvider): Promise<string | null> {
  try {
    const graph = recurrentMz({ channels: 2, levels: 1 });
    const executor = createOnnxExecutor(emittedOnnx({ graph, weights: randomWeights(graph) }), {
      provider,
      threads: 1,
    });
    await executor.run({ inputCount: 1, height: 4, width: 4, data: noise(32, 0) });
    await executor.dispose();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

const providers: readonly OnnxProvider[] = ['cpu', 'webgpu', 'dml', 'coreml', 'cuda'];
const present: OnnxProvider[] = [];
const missing: [OnnxProvider, string][] = [];
for (const provider of providers) {
  const reason = await reasonAgainst(provider);
  if (reason === null) present.push(provider);
  else missing.push([provider, reason]);
}

// Where PyTorch is missing, everything is skipped under a name that says so.
describe.skipIf(!hasTorch)(`PyTorch${torchNeeded}`, () => {
  let folder: string;
  const path = (index: number, ending: string): string => join(folder, `${index}${ending}`);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-torch-'));
    const files: string[] = [];
    for (const [index, { graph, block }] of CASES.entries()) {
      const shape = [block.inputCount, graph.input.channels.length, block.height, block.width];
      await writeFile(path(index, '.json'), JSON.stringify(graph));
      await writeFile(path(index, '.safetensors'), writeSafetensors(randomWeights(graph)));
      await writeFile(path(index, '.npy'), npyBytes(shape, block.data));
      files.push(...['.json', '.safetensors', '.npy', '.out.npy'].map((end) => path(index, end)));
    }
    await run(torchPython, ['-B', 'assets/training/runGraph.py', ...files]);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  describe.each(present)('and ONNX Runtime (%s)', (provider) => {
    it.each(CASES.map(({ name }, index) => [name, index] as const))(
      'compute alike: %s',
      async (_, index) => {
        const { graph, block } = CASES[index] ?? CASES[0];
        const { shape, data: expected } = readNpy(await readFile(path(index, '.out.npy')));
        const options = { threads: 1, provider };
        const executor = createOnnxExecutor(
          emittedOnnx({ graph, weights: randomWeights(graph) }),
          options,
        );
        const plane = await executor.run(block);
        await executor.dispose();
        // A discriminator gives one number, which says little of what led to it unless it is in between.
        const isImage = elementCount(shape) > 1;
        const range = isImage ? Math.max(...expected) - Math.min(...expected) : 1;
        expect(range).toBeGreaterThan(0.1);
        if (!isImage) expect(Math.abs(expected[0] - 0.5)).toBeLessThan(0.49);
        if (isImage) expect(shape).toEqual([1, 1, block.height, block.width]);
        expect(maxDifference(plane, expected) / range).toBeLessThan(TOLERANCE);
      },
    );
  });

  it.skip.each(missing)(
    'are not compared in ONNX Runtime: %s (no such device here): %s',
    () => undefined,
  );
});
