import { describe, expect, it } from 'vitest';
import type { CommandContext } from '#core/command/CommandContext';
import { commands } from '#core/command/commands';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { allocatePixels, type PixelType } from '#core/image/PixelType';
import { rampStack } from '#tests/helpers/rampStack';
import { samplesOf } from '#tests/helpers/stackPixels';

type ValueAt = (i: number, z: number) => number;

function stackOf(type: PixelType, [x, y, z]: readonly number[], valueAt: ValueAt): ImageStack {
  const shape = { t: 1, c: 1, z, y, x };
  const planes = Array.from({ length: z }, (_, plane) =>
    allocatePixels(type, x * y).map((_value, i) => valueAt(i, plane)),
  );
  return { ...rampStack(shape, type), source: memoryPlaneSource(shape, planes) };
}

async function play(id: string, params: object, stack: ImageStack) {
  const notes: string[] = [];
  const context = {
    signal: new AbortController().signal,
    tasks: inlineTaskRunner(),
    progress: () => {},
    note: (text: string) => notes.push(text),
  } as unknown as CommandContext;
  const command = commands.get(id);
  if (!command) throw new Error(`There is no ${id}.`);
  const { stacks } = await command.run(context, { stack }, command.params.parse(params));
  const [made] = Object.values(stacks ?? {});
  return { samples: await samplesOf(made), notes: notes.join(' ') };
}

const CALLS = [
  ['process.threshold', {}],
  ['process.threshold', { variant: 'imagej', method: 'li', lightBackground: true }],
  ['process.threshold', { variant: 'scikit-image', method: 'otsu' }],
  ['process.normalise', {}],
  ['process.normalise', { method: 'plugin' }],
  ['process.background', { radiusPx: 3 }],
  ['process.background', { radiusPx: 60 }],
  ['process.background', { radiusPx: 2, variant: 'scikit-image', lightBackground: true }],
  ['process.background', { method: 'flat-field', degree: 4 }],
] as const;

const SHAPES = [
  [1, 1, 1],
  [1, 1, 3],
  [1, 9, 2],
  [7, 1, 2],
  [2, 2, 1],
  [12, 12, 2],
] as const;
const IMAGES: { readonly [name: string]: ValueAt } = {
  black: () => 0,
  constant: () => 7,
  saturated: () => 255,
  'half saturated': (i) => (i % 2) * 255,
  'a slope': (i, z) => i + z,
};

describe('images that hold little', () => {
  it.each(CALLS)(
    'are answered with numbers, or refused with a remedy: %s %j',
    async (id, params) => {
      for (const [name, valueAt] of Object.entries(IMAGES)) {
        for (const shape of SHAPES) {
          for (const type of ['uint8', 'uint16', 'float32'] as const) {
            const where = `${name} ${shape.join(' x ')} ${type}`;
            const result = play(id, params, stackOf(type, shape, valueAt));
            const { samples, tag, remedy } = await result.then(
              ({ samples: all }) => ({ samples: all, tag: null, remedy: '' }),
              (error: { tag?: string; remedy?: string }) => ({ samples: [], ...error }),
            );
            if (tag === null) expect(samples.every(Number.isFinite), where).toBe(true);
            else expect([tag, remedy !== ''], where).toEqual(['ImpossibleRequestError', true]);
          }
        }
      }
    },
  );

  it.each(CALLS)(
    'with a value that is no number are refused, with its place: %s %j',
    async (...call) => {
      for (const bad of [NaN, Infinity, -Infinity]) {
        const stack = stackOf('float32', [6, 5, 2], (i, z) => (i === 7 && z === 1 ? bad : i));
        await expect(play(call[0], call[1], stack)).rejects.toMatchObject({
          tag: 'ImpossibleRequestError',
          details: { plane: 1, x: 1, y: 1 },
        });
      }
    },
  );

  it('have no threshold when all values are equal, and say so', async () => {
    const { samples, notes } = await play(
      'process.threshold',
      {},
      stackOf('uint16', [4, 3, 2], () => 900),
    );
    expect(notes).toMatch(/equal/);
    expect(new Set(samples)).toEqual(new Set([0]));
  });

  it('are not normalised by the papers when nothing is brighter than the background', async () => {
    for (const value of [0, 7, 255]) {
      const stack = stackOf('uint8', [9, 8, 3], () => value);
      await expect(play('process.normalise', {}, stack)).rejects.toMatchObject({
        tag: 'ImpossibleRequestError',
      });
    }
  });

  it('are normalised with a note when they are saturated', async () => {
    const stack = stackOf('uint8', [40, 40, 1], (i) => Math.min(255, i % 400));
    for (const method of ['paper', 'plugin']) {
      expect((await play('process.normalise', { method }, stack)).notes).toMatch(/saturated/);
    }
  });
});
