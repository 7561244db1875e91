import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandContext } from '#core/command/CommandContext';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { processNormalise } from '#core/command/declarations/processNormalise';
import { processRestoreLevels } from '#core/command/declarations/processRestoreLevels';
import { fuseStack } from '#core/command/steps/fuseStack';
import { stackNormalisation } from '#core/command/steps/normaliseStack';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { PixelType } from '#core/image/PixelType';
import { toPixelType } from '#core/image/toPixelType';
import type { Normalisation } from '#core/normalise/Normalisation';
import { normalDeviates, planeOf, seededRandom } from '#tests/helpers/planes';
import { rampStack } from '#tests/helpers/rampStack';
import { samplesOf } from '#tests/helpers/stackPixels';
import { describeWith, runPython } from '#tests/helpers/referencePrograms';

const METHODS = ['paper', 'plugin'] as const;
const INPUTS = [0, 2];

const context = {
  tasks: inlineTaskRunner(),
  signal: new AbortController().signal,
  progress: () => {},
  note: () => {},
} as unknown as CommandContext;

/** Two channels of beads at several depths over noise; each channel with its own offset and gain. */
function beadStack(pixelType: PixelType, seed: number): ImageStack {
  const random = seededRandom(seed);
  const noise = normalDeviates(seed + 1);
  const shape = { t: 1, c: 2, z: 4, y: 70, x: 83 };
  const beads = Array.from({ length: 30 }, () => [83 * random(), 70 * random(), 4 * random()]);
  const planes = Array.from({ length: 8 }, (_, page) => {
    const [channel, z] = [Math.floor(page / 4), page % 4];
    const plane = planeOf(shape.x, shape.y, (x, y) => {
      const light = beads.reduce((sum, [bx, by, bz]) => {
        const width = 2 + 3 * (bz - z) ** 2;
        return sum + Math.exp(-((x - bx) ** 2 + (y - by) ** 2) / (2 * width)) / width;
      }, 0);
      const gain = pixelType === 'uint8' ? 200 : 9000;
      return (gain / (channel + 1)) * (0.15 + light + 0.01 * noise());
    });
    return toPixelType(plane.data, pixelType);
  });
  return { ...rampStack(shape, pixelType), source: memoryPlaneSource(shape, planes) };
}

const STACKS = [beadStack('uint8', 1), beadStack('uint16', 2), beadStack('float32', 3)];

interface Figures {
  readonly offset: number;
  readonly scale: number;
  readonly above: number;
  readonly background: number;
}

describeWith('python', 'normalisation against numpy', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-normalise-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What numpy finds in the all-in-focus image of each channel, at the threshold that we found. */
  async function theirs(stack: ImageStack, ours: readonly Normalisation[], planes?: number[]) {
    const args: string[] = [];
    for (const [c, { threshold }] of ours.entries()) {
      const how = { t: 0, c, planes, method: 'complex-wavelet' } as const;
      const { fused } = await fuseStack(context, stack, how);
      const file = join(folder, `${c}.raw`);
      await writeFile(file, fused.data);
      args.push(file, String(threshold));
    }
    const script = 'tests/reference/normalise/normalise.py';
    return runPython<Record<'paper' | 'plugin', Figures>[]>(script, ...args);
  }

  it.each(METHODS)('has its figures for each channel of a stack: %s', async (method) => {
    for (const stack of STACKS) {
      const { report } = await processNormalise.run(context, { stack }, { method });
      const figures = report?.['figures'] as unknown as Normalisation[];
      const expected = await theirs(stack, figures);
      for (const [c, { offset, scale }] of figures.entries()) {
        expect(Math.abs(offset / expected[c][method].offset - 1)).toBeLessThan(1e-6);
        expect(Math.abs(scale / expected[c][method].scale - 1)).toBeLessThan(1e-6);
      }
      expect(Math.abs(expected[0].paper.above - 0.01)).toBeLessThan(0.003);
      expect(Math.abs(expected[0].paper.background)).toBeLessThan(1e-6);
    }
  });

  it.each(METHODS)('has its figures for a few planes: %s', async (method) => {
    for (const stack of STACKS) {
      for (const planes of [[1], INPUTS]) {
        const figure = await stackNormalisation(context, stack, { t: 0, c: 0, method, planes });
        const [expected] = await theirs(stack, [figure], planes);
        expect(Math.abs(figure.offset / expected[method].offset - 1)).toBeLessThan(1e-6);
        expect(Math.abs(figure.scale / expected[method].scale - 1)).toBeLessThan(1e-6);
      }
    }
  });

  it.each(METHODS)('gives every grey level of integers back: %s', async (method) => {
    for (const stack of STACKS.slice(0, 2)) {
      const made = await processNormalise.run(context, { stack }, { method });
      const files = { readText: () => Promise.resolve(made.texts?.['figures'] ?? '') };
      const params = { figures: 'figures.json', type: stack.pixelType };
      const normalised = made.stacks?.['normalised'] ?? stack;
      const { stacks } = await processRestoreLevels.run(
        { ...context, files } as unknown as CommandContext,
        { stack: normalised },
        params,
      );
      expect(await samplesOf(stacks?.['restored'] ?? normalised)).toEqual(await samplesOf(stack));
    }
  });
});
