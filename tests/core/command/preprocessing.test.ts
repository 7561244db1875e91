import { describe, expect, it } from 'vitest';
import type { CommandContext } from '#core/command/CommandContext';
import { commands } from '#core/command/commands';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import type { ImageStack, StackShape } from '#core/image/ImageStack';
import { readPlane } from '#core/image/readPlane';
import { rampStack } from '#tests/helpers/rampStack';

const SHAPE: StackShape = { t: 1, c: 2, z: 3, y: 32, x: 40 };

async function play(id: string, stack: ImageStack, params: object, texts: object = {}) {
  const notes: string[] = [];
  const fractions: number[] = [];
  const context = {
    signal: new AbortController().signal,
    tasks: inlineTaskRunner(),
    files: { readText: (path: string) => Promise.resolve((texts as Record<string, string>)[path]) },
    progress: ({ fraction }: { fraction: number | null }) => fractions.push(fraction ?? -1),
    note: (text: string) => notes.push(text),
  } as unknown as CommandContext;
  const command = commands.get(id);
  if (!command) throw new Error(`There is no ${id}.`);
  const result = await command.run(context, { stack }, command.params.parse(params));
  return { ...result, stacks: result.stacks ?? {}, notes, fractions };
}

describe('process.threshold', () => {
  it.each(['uint8', 'uint16', 'float32'] as const)(
    'finds one threshold for each channel of %s, with honest progress',
    async (type) => {
      const stack = rampStack(SHAPE, type);
      const { report, stacks, fractions } = await play('process.threshold', stack, {
        method: 'otsu',
      });
      const channels = report?.['channels'] as { threshold: number; foregroundFraction: number }[];
      expect(channels).toHaveLength(2);
      expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
      expect(Math.max(...fractions)).toBe(1);
      for (const [c, { foregroundFraction }] of channels.entries()) {
        let above = 0;
        for (let z = 0; z < 3; z++) {
          const mask = await readPlane(stacks['mask'], { t: 0, c, z });
          above += mask.data.filter((value) => value === 255).length;
        }
        expect(foregroundFraction).toBeCloseTo(above / (3 * 32 * 40), 12);
        expect(foregroundFraction).toBeGreaterThan(0);
      }
    },
  );
});

describe('process.normalise and process.restoreLevels', () => {
  it('give every grey level of two channels back through the figures', async () => {
    const stack = rampStack(SHAPE, 'uint16');
    const { stacks, texts, notes } = await play('process.normalise', stack, {});
    expect(notes.join(' ')).toMatch(/figures/);
    const files = { 'f.json': texts?.['figures'] ?? '' };
    const options = { figures: 'f.json', type: 'uint16' };
    const restored = await play('process.restoreLevels', stacks['normalised'], options, files);
    for (let page = 0; page < 6; page++) {
      const index = { t: 0, c: Math.floor(page / 3), z: page % 3 };
      const pixels = await restored.stacks['restored'].source.read(index);
      expect(pixels).toEqual(stack.planes[page]);
    }
  });

  it('give one channel back by what the stack carries', async () => {
    const stack = rampStack({ ...SHAPE, c: 1 }, 'uint8');
    const { stacks } = await play('process.normalise', stack, { method: 'plugin' });
    const restored = await play('process.restoreLevels', stacks['normalised'], { type: 'uint8' });
    expect(await restored.stacks['restored'].source.read({ t: 0, c: 0, z: 1 })).toEqual(
      stack.planes[1],
    );
    expect(restored.stacks['restored'].valueMapping).toBeNull();
  });

  it('say what is missing or wrong', async () => {
    const stack = rampStack(SHAPE, 'uint8');
    await expect(play('process.restoreLevels', stack, {})).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
    });
    const three = JSON.stringify({ figures: Array(3).fill({ offset: 1, scale: 2 }) });
    const files = { three, bad: '{"figures": [{"scale": 0}]}' };
    await expect(
      play('process.restoreLevels', stack, { figures: 'three' }, files),
    ).rejects.toMatchObject({ tag: 'ImpossibleRequestError' });
    await expect(
      play('process.restoreLevels', stack, { figures: 'bad' }, files),
    ).rejects.toMatchObject({ tag: 'DamagedFileError' });
  });
});

describe('process.background', () => {
  it.each(['imagej', 'scikit-image'])('takes what its background holds (%s)', async (variant) => {
    const stack = rampStack(SHAPE, 'uint16');
    const options = { variant, radiusPx: 6, unsmoothed: true };
    const { stacks } = await play('process.background', stack, options);
    const index = { t: 0, c: 1, z: 2 };
    const [corrected, background] = await Promise.all(
      ['corrected', 'background'].map((name) => stacks[name].source.read(index)),
    );
    corrected.forEach((value, i) =>
      expect(Math.abs(value + background[i] - stack.planes[5][i])).toBeLessThanOrEqual(1),
    );
  });

  it('divides by one light for each channel', async () => {
    const stack = rampStack(SHAPE, 'uint8');
    const { stacks, lines } = await play('process.background', stack, { method: 'flat-field' });
    expect(lines).toHaveLength(2);
    const light = await stacks['background'].source.read({ t: 0, c: 1, z: 0 });
    expect(Array.from(light).reduce((sum, value) => sum + value, 0) / light.length).toBeCloseTo(
      1,
      5,
    );
    const { pixelType, shape } = stacks['corrected'];
    expect({ pixelType, shape }).toEqual({ pixelType: 'uint8', shape: SHAPE });
  });
});
