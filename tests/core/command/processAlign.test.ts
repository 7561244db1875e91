import { describe, expect, it } from 'vitest';
import { processAlign } from '#core/command/declarations/processAlign';
import type { CommandContext } from '#core/command/CommandContext';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { unknownCalibration } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { readPlane } from '#core/image/readPlane';
import type { Matrix3 } from '#core/registration/Matrix3';
import type { Transforms } from '#core/registration/Transforms';
import { blobScene, similarity } from '#tests/core/registration/scenes';

const SIDE = 64;
const DRIFT = [0, 1, 2, 3, 4].map((i) => similarity(SIDE, 0, 1, 1.25 * i, -0.75 * i));

/** Frames that drift; the second channel holds twice the values of the first. */
function movie(drift: readonly Matrix3[] = DRIFT, channels = 1): ImageStack {
  const shape = { t: drift.length, c: channels, z: 1, y: SIDE, x: SIDE };
  const planes = drift.flatMap((matrix) => {
    const { data } = blobScene(SIDE, matrix, 3, 25);
    return Array.from({ length: channels }, (_, c) => data.map((value) => value * (c + 1)));
  });
  return {
    name: 'movie',
    shape,
    pixelType: 'float32',
    calibration: unknownCalibration(channels),
    history: { calls: [], result: null },
    valueMapping: null,
    notes: [],
    source: memoryPlaneSource(shape, planes),
  };
}

async function align(
  stack: ImageStack,
  params: object,
  files: { [path: string]: string } = {},
  mask?: ImageStack,
) {
  const notes: string[] = [];
  const fractions: number[] = [];
  const context = {
    signal: new AbortController().signal,
    tasks: inlineTaskRunner(),
    files: { readText: (path: string) => Promise.resolve(files[path]) },
    progress: ({ fraction }: { fraction: number | null }) => fractions.push(fraction ?? -1),
    note: (text: string) => notes.push(text),
  } as unknown as CommandContext;
  const inputs: { [name: string]: ImageStack } = mask ? { stack, mask } : { stack };
  const result = await processAlign.run(context, inputs, processAlign.params.parse(params));
  const json = result.texts?.['transforms'] ?? '';
  const aligned = result.stacks?.['aligned'];
  if (!aligned) throw new Error('The command gave no stack.');
  return { aligned, json, transforms: JSON.parse(json) as Transforms, notes, fractions, result };
}

function largestDifference(a: Float32Array, b: Float32Array, margin: number): number {
  let largest = 0;
  for (let y = margin; y < SIDE - margin; y++) {
    for (let x = margin; x < SIDE - margin; x++) {
      largest = Math.max(largest, Math.abs(a[y * SIDE + x] - b[y * SIDE + x]));
    }
  }
  return largest;
}

/** Masks of one or more planes that leave out the columns up to `columns`. */
function maskOf(planes: number, columns: number, side = SIDE): ImageStack {
  const shape = { t: planes, c: 1, z: 1, y: side, x: side };
  const mask = Uint8Array.from({ length: side * side }, (_, i) => (i % side < columns ? 0 : 255));
  const source = memoryPlaneSource(
    shape,
    Array.from({ length: planes }, () => mask),
  );
  return { ...movie(), name: 'mask', shape, pixelType: 'uint8', source };
}

describe('process.align with a mask', () => {
  /** The drifting movie with a bright bar of its own on the left, which stays. */
  function movieWithBar(): ImageStack {
    const source = movie();
    const read: ImageStack['source']['read'] = async (index) => {
      const data = new Float32Array(await source.source.read(index));
      return data.map((value, i) => (i % SIDE < 12 ? value + 3000 : value));
    };
    return { ...source, source: { ...source.source, read } };
  }

  it.each([1, DRIFT.length])('does not compare what %i masks leave out', async (planes) => {
    const options = { model: 'translation', reference: 'first' };
    const misled = await align(movieWithBar(), options);
    const { transforms } = await align(movieWithBar(), options, {}, maskOf(planes, 16));
    const truth = Math.hypot(DRIFT[4][0][2], DRIFT[4][1][2]);
    const errorOf = (found: Transforms): number => Math.abs(found.planes[4].displacementPx - truth);
    expect(errorOf(misled.transforms)).toBeGreaterThan(1);
    expect(errorOf(transforms)).toBeLessThan(0.05);
  });

  it('refuses a mask of another size, or of other planes', async () => {
    await expect(align(movie(), {}, {}, maskOf(1, 3, 32))).rejects.toThrow(/does not fit/);
    await expect(align(movie(), {}, {}, maskOf(3, 3))).rejects.toThrow(/does not fit/);
  });
});

describe('process.align', () => {
  it.each([
    { reference: 'previous' },
    { reference: 'global' },
    { reference: 'first', model: 'bilinear' },
    { reference: 'previous', anchor: 2 },
    { reference: 'first', firstCount: 1, movingAverage: 1 },
  ])('takes the drift out: %o', async (params) => {
    const { aligned, notes, fractions } = await align(movie(), { model: 'rigid', ...params });
    const still = await readPlane(aligned, { t: params.anchor ?? 0, c: 0, z: 0 });
    for (let t = 0; t < 5; t++) {
      const plane = await readPlane(aligned, { t, c: 0, z: 0 });
      expect(largestDifference(plane.data, still.data, 10)).toBeLessThan(2);
    }
    expect(notes).toEqual([]);
    expect(fractions.at(-1)).toBeCloseTo(1, 12);
  });

  it('moves all channels by the drift of one', async () => {
    const { aligned } = await align(movie(DRIFT, 2), { channel: 1, model: 'translation' });
    const [one, two] = await Promise.all([0, 1].map((c) => readPlane(aligned, { t: 4, c, z: 0 })));
    one.data.forEach((value, i) => expect(two.data[i]).toBeCloseTo(2 * value, 2));
  });

  it.each([
    { model: 'rigid', reference: 'previous' },
    { model: 'bilinear', reference: 'mean' },
  ])('gives the same stack again from its saved transforms: %o', async (params) => {
    const first = await align(movie(), params);
    const again = await align(movie(), { apply: 'a.json' }, { 'a.json': first.json });
    expect(again.transforms).toEqual(first.transforms);
    for (let t = 0; t < 5; t++) {
      const index = { t, c: 0, z: 0 };
      expect(await readPlane(again.aligned, index)).toEqual(await readPlane(first.aligned, index));
    }
  });

  it('saves model, direction, anchor and residual', async () => {
    const { transforms } = await align(movie(), { model: 'translation', anchor: 1 });
    expect(transforms).toMatchObject({
      model: 'translation',
      anchor: 1,
      mapping: 'output-to-input',
      width: SIDE,
    });
    expect(transforms.planes[1].residual).toBeNull();
    expect(transforms.planes[2].residual).toBeGreaterThan(0);
    expect(transforms.planes[2].residual).toBeLessThan(2);
  });

  it.each([
    ['no JSON', 'not JSON', 'UnsupportedFileError'],
    ['another JSON', '{"planes":[]}', 'UnsupportedFileError'],
  ])('refuses %s as transforms', async (_, text, tag) => {
    await expect(align(movie(), { apply: 'x' }, { x: text })).rejects.toMatchObject({ tag });
  });

  it('refuses transforms of another stack', async () => {
    const { json } = await align(movie(DRIFT.slice(0, 3)), {});
    await expect(align(movie(), { apply: 'x' }, { x: json })).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
    });
  });

  it.each([
    { model: 'bilinear', reference: 'previous' },
    { model: 'bilinear', reference: 'global' },
    { anchor: 5 },
    { reference: 'first', firstCount: 6 },
    { channel: 1 },
  ])('refuses what cannot be: %o', async (params) => {
    await expect(align(movie(), params)).rejects.toMatchObject({ tag: 'ImpossibleRequestError' });
  });

  it('says which planes failed, and which they displaced', async () => {
    const stack = movie();
    const { source } = stack;
    const blank = {
      ...stack,
      source: {
        ...source,
        read: async (...args: Parameters<typeof source.read>) => {
          const pixels = await source.read(...args);
          return args[0].t === 2 ? pixels.fill(0) : pixels;
        },
      },
    };
    const { notes, result } = await align(blank, {});
    expect(notes).toEqual([expect.stringContaining('planes 2-4')]);
    expect(result.lines?.join('\n')).toContain('displaced by a failed plane');
  });

  it('fills the rim with a chosen value', async () => {
    const { aligned } = await align(movie(), { model: 'translation', border: -5 });
    const { data } = await readPlane(aligned, { t: 4, c: 0, z: 0 });
    expect(data[SIDE - 1 + SIDE * 30]).toBe(-5);
  });
});
