import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import { listParameters } from '#core/network/listParameters';
import { readNpy } from '#core/network/readNpy';
import { recurrentMz } from '#core/network/recurrentMz';
import { readSafetensors } from '#core/network/readSafetensors';
import type { Weights } from '#core/network/Weights';
import { elementCount } from '#core/network/Weights';
import { writeSafetensors } from '#core/network/writeSafetensors';
import { maxDifference } from '#tests/helpers/networkFixtures';

const run = promisify(execFile);
const python = process.env['AXIAL_TORCH_PYTHON'] ?? '/usr/bin/python3';
const TOLERANCE = 1e-4;

function hasTorch(): boolean {
  try {
    execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A .npy file of float32 (format 1). */
function npyBytes(shape: readonly number[], data: Float32Array): Buffer {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0, 0]);
  head.writeUInt16LE(padded.length, 8);
  return Buffer.concat([head, Buffer.from(padded), Buffer.from(data.buffer)]);
}

function noise(length: number, phase: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => Math.sin((i + 1) * 12.9898 + phase) * 0.9);
}

/** Weights of sound size, so that differences are not hidden by a network that gives almost nothing. */
function someWeights(graph: ReturnType<typeof recurrentMz>): Weights {
  return new Map(
    listParameters(graph).map(({ name, shape }, index) => {
      const data = noise(elementCount(shape), index);
      const fanIn = elementCount(shape.slice(1));
      const scale = shape.length === 4 ? 2 / Math.sqrt(fanIn) : 0.2;
      const centre = /runningVariance|norm\.weight/.test(name) ? 1 : 0;
      return [name, { shape, data: data.map((value) => centre + value * scale) }];
    }),
  );
}

/** Where PyTorch is missing, the tests are skipped under a name that says so. */
function describeWithTorch(name: string, tests: () => void): void {
  if (hasTorch()) describe(name, tests);
  else describe.skip(`${name} (needs a Python with torch: set AXIAL_TORCH_PYTHON)`, tests);
}

describeWithTorch('PyTorch', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-torch-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['plain', 1],
    ['plain', 3],
    ['anchored', 2],
    ['anchored', 5],
  ] as const)(
    'computes the %s network of five levels alike for %i images',
    async (variant, count) => {
      const graph = recurrentMz({ channels: 8, levels: 5, variant });
      const [height, width] = [32, 48];
      const shape = [count, 2, height, width];
      const images = noise(elementCount(shape), 0.5);
      const path = (name: string): string => join(folder, `${variant}${count}${name}`);
      await writeFile(path('.json'), JSON.stringify(graph));
      await writeFile(path('.safetensors'), writeSafetensors(someWeights(graph)));
      await writeFile(path('.npy'), npyBytes(shape, images));
      const files = ['.json', '.safetensors', '.npy', '.out.npy'].map(path);
      await run(python, ['-B', 'assets/models/runGraph.py', ...files]);
      const expected = readNpy(await readFile(path('.out.npy'))).data;
      const weights = readSafetensors(await readFile(path('.safetensors')));
      const executor = await createOnnxExecutor({ graph, weights }, { threads: 1 });
      const plane = await executor.run({ inputCount: count, height, width, data: images });
      await executor.dispose();
      const range = Math.max(...expected) - Math.min(...expected);
      expect(range).toBeGreaterThan(0.1);
      expect(maxDifference(plane, expected) / range).toBeLessThan(TOLERANCE);
    },
  );
});
