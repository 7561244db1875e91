import { describe, expect, it } from 'vitest';
import { commands } from '#core/command/commands';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import type { CommandContext } from '#core/command/CommandContext';
import { runCommand } from '#core/command/runCommand';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack, StackShape } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { unknownCalibration } from '#core/image/Calibration';
import { interpolatingModels } from '#tests/helpers/interpolatingModels';

const STEP_UM = 0.2;

/** Grey levels rise with z, so that linear interpolation gives every height back: 100 a micrometre. */
function risingStack(changes: Partial<StackShape> = {}, pixelUm: number | null = 0.1): ImageStack {
  const shape = { t: 1, c: 1, z: 11, y: 9, x: 12, ...changes };
  const planes = Array.from({ length: shape.t * shape.c * shape.z }, (_, page) =>
    Float32Array.from(
      { length: shape.x * shape.y },
      (_unused, i) => 100 * STEP_UM * (page % shape.z) + valueAt(i, Math.floor(page / shape.z)),
    ),
  );
  return {
    ...{ name: 'rising.tif', shape, pixelType: 'float32', history: EMPTY_HISTORY },
    calibration: {
      ...unknownCalibration(shape.c),
      pixelSizeUm: { x: pixelUm, y: pixelUm, z: STEP_UM },
    },
    ...{ valueMapping: null, notes: [], source: memoryPlaneSource(shape, planes) },
  };
}

/** A few bright pixels over a background, so that a normalisation can be found. */
function valueAt(i: number, series: number): number {
  return (i % 7 === 3 ? 900 : (i * 13) % 11) + 50 * series;
}

async function run(
  id: string,
  inputs: { [name: string]: ImageStack },
  params: { [name: string]: unknown } = {},
) {
  const notes: string[] = [];
  const context = {
    signal: new AbortController().signal,
    ...{ tasks: inlineTaskRunner(), models: interpolatingModels() },
    progress: () => undefined,
    note: (text: string) => notes.push(text),
  } as unknown as CommandContext;
  const command = commands.get(id);
  if (!command) throw new RangeError(id);
  return { ...(await runCommand(command, context, { inputs, params })), notes };
}

async function volumeOf(
  stack: ImageStack,
  params: { [name: string]: unknown },
  others: { [name: string]: ImageStack } = {},
): Promise<ImageStack> {
  const { stacks = {} } = await run('reconstruct.recurrentMz', { stack, ...others }, params);
  return stacks['volume'];
}

async function expectLevels(
  volume: ImageStack,
  zUm: (plane: number, pixel: number) => number,
  series = 0,
): Promise<void> {
  for (let z = 0; z < volume.shape.z; z++) {
    const c = Math.min(series, volume.shape.c - 1);
    const pixels = await volume.source.read({ t: series - c, c, z });
    pixels.forEach((value, i) => {
      expect(value).toBeCloseTo(100 * zUm(z, i) + valueAt(i, series), 1);
    });
  }
}

describe('reconstruct', () => {
  it.each([
    ['planes out of order and repeated', { inputs: [10, 0, 10, 5], z: '1.1,0.3' }, [1.1, 0.3]],
    ['heights', { inputZ: [2, 0], z: '0.5' }, [0.5]],
    ['evenly spread planes', { choose: 'even', count: 2, spacingUm: 0.5 }, [0, 0.5, 1, 1.5, 2]],
    ['the nearest planes', { choose: 'nearest', count: 2, z: '0.31,1.77' }, [0.31, 1.77]],
    ['five inputs', { inputs: [0, 2, 5, 8, 10], z: '0.7' }, [0.7]],
  ])('makes planes at the heights asked for from %s', async (_, params, heights) => {
    const volume = await volumeOf(risingStack(), params);
    expect(volume.shape.z).toBe(heights.length);
    await expectLevels(volume, (plane) => heights[plane]);
  });

  it('stops adding inputs when that changes little', async () => {
    const inputs = [0, 5, 10];
    // Far above any change the second input is the last; far below it all are taken.
    const early = await volumeOf(risingStack(), { inputs, z: '1.9', epsilon: 10 });
    await expectLevels(early, () => 1.9);
    const late = await volumeOf(risingStack(), { inputs, z: '0.9', epsilon: 1e-6 });
    await expectLevels(late, () => 0.9);
  });

  it('gives one input back at every height', async () => {
    await expectLevels(await volumeOf(risingStack(), { inputs: [5], z: '0,1.9' }), () => 1);
  });

  it('follows a surface, and adds heights to it', async () => {
    const stack = risingStack();
    const shape = { shape: 'tilted', heightUm: 1, tiltDeg: 40 };
    const { stacks = {} } = await run('reconstruct.surface', { stack }, shape);
    const surface = stacks['heightMap'];
    expect(surface.shape).toEqual({ t: 1, c: 1, z: 1, y: 9, x: 12 });
    const heights = await surface.source.read({ t: 0, c: 0, z: 0 });
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(0.9);
    const on = await volumeOf(stack, { inputs: [0, 5, 10] }, { surface });
    expect(on.shape.z).toBe(1);
    await expectLevels(on, (_plane, i) => heights[i]);
    const above = await volumeOf(stack, { inputs: [0, 5, 10], z: '-0.1,0.4' }, { surface });
    await expectLevels(above, (plane, i) => heights[i] + [-0.1, 0.4][plane]);
  });

  it('takes into account that the measured planes are bent', async () => {
    const stack = risingStack();
    const wave = { shape: 'sinusoid', amplitudeUm: 0.4, periodUm: 0.7 };
    const { stacks = {} } = await run('reconstruct.surface', { stack }, wave);
    const relief = await stacks['heightMap'].source.read({ t: 0, c: 0, z: 0 });
    const others = { inputSurface: stacks['heightMap'] };
    const volume = await volumeOf(stack, { inputs: [0, 10], z: '1' }, others);
    // What stands at 1 um was taken for a plane that lies lower by the relief.
    await expectLevels(volume, (_plane, i) => 1 - relief[i]);
  });

  it('refuses height maps that do not fit', async () => {
    const surface = risingStack({ z: 2 });
    const options = { inputs: [0], z: '1,2,3' };
    await expect(volumeOf(risingStack(), options, { surface })).rejects.toThrow(
      '2 height maps for 3 planes to make',
    );
    await expect(
      volumeOf(risingStack(), options, { surface: risingStack({ x: 3, z: 1 }) }),
    ).rejects.toThrow('has 3 x 9 pixels, the stack 12 x 9');
  });

  it('computes every channel and time point from its own inputs', async () => {
    const channels = await volumeOf(risingStack({ c: 2 }), { inputs: [0, 10], z: '0.5' });
    await expectLevels(channels, () => 0.5, 1);
    const times = await volumeOf(risingStack({ t: 2 }), { inputs: [0, 10], z: '0.5' });
    expect((await times.source.read({ t: 1, c: 0, z: 0 }))[0]).toBeCloseTo(100, 1);
  });

  it('takes one model for all channels, or one for each', async () => {
    const stack = risingStack({ c: 2 });
    const model = 'interpolation,interpolation';
    const { report, stacks = {} } = await run(
      'reconstruct.recurrentMz',
      { stack },
      { inputs: [0], model },
    );
    expect(report?.['model']).toBe('interpolation');
    expect(stacks['volume'].history.calls.at(-1)?.params['modelSha256']).toBe('no weights');
    await expect(volumeOf(risingStack(), { inputs: [0], model })).rejects.toThrow(
      '2 models are named for 1 channels',
    );
  });

  it('says that the model of an old history is another one', async () => {
    const options = { inputs: [0], model: 'interpolation', modelSha256: 'other' };
    const { notes } = await run('reconstruct.recurrentMz', { stack: risingStack() }, options);
    expect(notes.join()).toContain('its checksum differs');
  });

  it('counts pixels that are no numbers as background, and says so', async () => {
    const stack = risingStack();
    const plane = await stack.source.read({ t: 0, c: 0, z: 0 });
    plane[0] = NaN;
    const holed = {
      ...stack,
      source: memoryPlaneSource(stack.shape, await planesWith(stack, plane)),
    };
    const { notes, stacks = {} } = await run(
      'reconstruct.recurrentMz',
      { stack: holed },
      { inputs: [0, 10], z: '0' },
    );
    expect(notes.join()).toContain('Planes 0 of the stack have pixels that are no finite numbers');
    const pixels = await stacks['volume'].source.read({ t: 0, c: 0, z: 0 });
    expect(pixels.every(Number.isFinite)).toBe(true);
    // The median of its plane.
    expect(pixels[0]).toBeLessThan(20);
    expect(pixels[1]).toBeCloseTo(valueAt(1, 0), 1);
  });

  it('keeps what it has to say with the result', async () => {
    const volume = await volumeOf(risingStack({}, 0.3), { inputs: [0], z: '0,9' });
    expect(volume.notes).toHaveLength(2);
    expect(volume.notes[0]).toContain('Pixels of 0.3 um');
    expect(volume.notes[1]).toContain('Plane 1 of 2');
  });

  it('resamples to the pixel size of the model and back', async () => {
    const stack = risingStack({ x: 24, y: 18 }, 0.05);
    const flat = Array.from({ length: 11 }, (_, z) =>
      Float32Array.from({ length: 24 * 18 }, (_unused, i) => z + (i % 24 > 11 ? 40 : 0)),
    );
    const smooth = { ...stack, source: memoryPlaneSource(stack.shape, flat) };
    const volume = await volumeOf(smooth, { inputs: [0, 10], z: '1', resample: true });
    expect(volume.shape).toMatchObject({ x: 24, y: 18 });
    const pixels = await volume.source.read({ t: 0, c: 0, z: 0 });
    expect(pixels[0]).toBeCloseTo(5, 1);
    expect(pixels[23]).toBeCloseTo(45, 1);
    await expect(volumeOf(risingStack({}, null), { inputs: [0], resample: true })).rejects.toThrow(
      'does not state its pixel size',
    );
  });
});

describe('the uncertainty of a reconstruction', () => {
  it('is nothing for what does not depend on turning, and grows where inputs matter', async () => {
    const stack = risingStack();
    const options = { inputs: [0, 5, 10], z: '1,0.5' };
    const { stacks = {} } = await run('reconstruct.uncertainty', { stack }, options);
    const [on, between] = [
      await stacks['spread'].source.read({ t: 0, c: 0, z: 0 }),
      await stacks['spread'].source.read({ t: 0, c: 0, z: 1 }),
    ];
    // At 1 um the heights are found whichever input is left out; at 0.5 um not without the first.
    expect(Math.max(...on)).toBeLessThan(0.1);
    // Ten times 50 and, from the inputs at 1 and 2 um alone, the end value 100.
    const expected = Math.sqrt((10 * (50 / 11) ** 2 + ((50 * 10) / 11) ** 2) / 10);
    between.forEach((value) => expect(value).toBeCloseTo(expected, 1));
  });

  it('comes with the mean', async () => {
    const options = { inputs: [0, 10], z: '0.5', what: 'mean' };
    const { stacks = {} } = await run('reconstruct.uncertainty', { stack: risingStack() }, options);
    // Eight times 50, once the first plane alone (0), once the last alone (200).
    await expectLevels(stacks['spread'], () => 0.6);
  });
});

describe('the advice which planes to measure', () => {
  it('suggests the fewest planes that give the rest of the stack', async () => {
    // Two planes are enough for levels that rise evenly, but only those at the ends.
    const { report } = await run('reconstruct.advise', { stack: risingStack() });
    expect(report?.['suggested']).toEqual([0, 10]);
    const choices = report?.['choices'] as { inputs: number[]; psnrDb: number }[];
    expect(choices.some(({ inputs }) => inputs.length === 4)).toBe(true);
    const checked = report?.['checkedPlanes'] as number[];
    expect(choices.flatMap(({ inputs }) => inputs).some((z) => checked.includes(z))).toBe(false);
  });

  it('is taken by a reconstruction that leaves the choice to it, and told with its reasons', async () => {
    const params = { choose: 'suggested', count: 2 };
    const volume = await volumeOf(risingStack(), params);
    expect(volume.notes.join()).toMatch(
      /Inputs 0, 10 \(0\.00, 2\.00 um\).*ends included.* dB on planes/,
    );
    expect(volume.history.calls.at(-1)?.params).toMatchObject({
      ...{ choose: 'user', inputs: [0, 10], count: 2 },
    });
    const three = await volumeOf(risingStack(), { choose: 'suggested', count: 3 });
    expect(three.history.calls.at(-1)?.params['inputs']).toHaveLength(3);
  });

  it('chooses of the planes that are named, and says when those are too few', async () => {
    const named = { choose: 'suggested', inputs: [2, 3, 8], count: 2 };
    const volume = await volumeOf(risingStack(), named);
    expect(volume.history.calls.at(-1)?.params['inputs']).toEqual([2, 8]);
    await expect(volumeOf(risingStack(), { ...named, count: 4 })).rejects.toThrow('4 are wanted');
  });

  it('says when there is nothing to try', async () => {
    const short = risingStack({ z: 2 });
    await expect(run('reconstruct.advise', { stack: short })).rejects.toThrow('fewer than three');
  });
});

async function planesWith(stack: ImageStack, first: ArrayLike<number>) {
  const planes = [Float32Array.from(first)];
  for (let z = 1; z < stack.shape.z; z++) {
    planes.push(Float32Array.from(await stack.source.read({ t: 0, c: 0, z })));
  }
  return planes;
}
