import { copyFile, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StackShape } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { isAxialError } from '#core/util/errors';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';

let folder: string;
let path: string;
let partial: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'axial-resume-'));
  path = join(folder, 'v.ome.tif');
  partial = join(folder, 'v.partial.ome.tif');
});
afterEach(() => rm(folder, { recursive: true }));

const files = createFileAccess();
const SHAPE = { t: 1, c: 1, z: 6, y: 7, x: 5 };

/** A slow stack that counts the planes it computes and stops by `stop` once it made `most`. */
function slowStack(shape: StackShape = SHAPE, seed = 1) {
  const channels = Array.from({ length: shape.c }, (_, c) => `channel ${c}`);
  const ramp = rampStack(shape, 'float32', { calibration: fullCalibration(channels) });
  const computed: number[] = [];
  const stopAfter = { most: Infinity, stop: () => {} };
  const call = { command: 'a.b', inputs: [], outputs: ['v'], params: { seed } };
  const stack = mapPlanes(
    ramp,
    async (index, signal) => {
      signal?.throwIfAborted();
      if (computed.length >= stopAfter.most) {
        stopAfter.stop();
        signal?.throwIfAborted();
      }
      computed.push((index.t * shape.c + index.c) * shape.z + index.z);
      return (await ramp.source.read(index)).slice();
    },
    { slow: true, history: { calls: [call], result: 'v' } },
  );
  return { stack, planes: ramp.planes, computed, stopAfter };
}

async function interrupted(most: number, shape = SHAPE, to = path) {
  const slow = slowStack(shape);
  const controller = new AbortController();
  slow.stopAfter.most = most;
  slow.stopAfter.stop = () => controller.abort();
  return files.save(slow.stack, to, { signal: controller.signal }).then(
    () => null,
    (error: unknown) => error,
  );
}

async function planesOf(file: string) {
  const stack = await files.open(file);
  const { t, c, z } = stack.shape;
  const planes = [];
  for (let i = 0; i < t * c * z; i++) {
    const index = { t: Math.floor(i / (c * z)), c: Math.floor(i / z) % c, z: i % z };
    planes.push(await stack.source.read(index));
  }
  await stack.source.close();
  return { stack, planes };
}

describe('saving a slow result', () => {
  it('leaves nothing but the file when it is done', async () => {
    const { stack, planes } = slowStack();
    await files.save(stack, path);
    expect(await readdir(folder)).toEqual(['v.ome.tif']);
    expect((await planesOf(path)).planes).toEqual(planes);
  });

  it('keeps the finished planes when it is cancelled, in a file that says what it is', async () => {
    const error = await interrupted(4);
    if (!isAxialError(error, 'CancelledError')) throw error;
    expect(error.remedy).toContain('--resume');
    expect(error.details['kept']).toBe(4);
    expect(await readdir(folder)).toEqual(['v.partial.ome.tif']);
    const { stack, planes } = await planesOf(partial);
    expect(planes).toEqual(slowStack().planes.slice(0, 4));
    expect(stack.name).toContain('partial');
    expect(stack.notes.join()).toContain('holds planes 0 to 3 of 6 and no others');
    expect(stack.calibration.pixelSizeUm).toEqual(slowStack().stack.calibration.pixelSizeUm);
    expect(stack.history.calls[0].params).toEqual({ seed: 1 });
  });

  it('leaves nothing when it is cancelled before the first plane', async () => {
    await interrupted(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes on from there, computes nothing twice and writes the same pixels', async () => {
    await interrupted(4);
    const again = slowStack();
    const found: number[] = [];
    await files.save(again.stack, path, { resume: true, onResumed: (n, of) => found.push(n, of) });
    expect([again.computed, found]).toEqual([
      [4, 5],
      [4, 6],
    ]);
    expect(await readdir(folder)).toEqual(['v.ome.tif']);
    const uninterrupted = join(folder, 'w.ome.tif');
    await files.save(slowStack().stack, uninterrupted);
    expect(await readFile(path)).toEqual(await readFile(uninterrupted));
  });

  it('starts anew without being asked to go on, and when there is nothing to go on from', async () => {
    await interrupted(4);
    const anew = slowStack();
    await files.save(anew.stack, path);
    expect(anew.computed).toHaveLength(6);
    const first = slowStack();
    await files.save(first.stack, path, { resume: true });
    expect(first.computed).toHaveLength(6);
  });

  it('refuses to go on with what another call left', async () => {
    await interrupted(4);
    const other = slowStack(SHAPE, 2);
    await expect(files.save(other.stack, path, { resume: true })).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
      message: expect.stringContaining('other inputs, another model or other parameters'),
    });
    // Nothing of it was touched.
    expect((await planesOf(partial)).planes).toHaveLength(4);
  });

  it('computes a plane again whose samples were damaged', async () => {
    await interrupted(4);
    const bytes = await readFile(partial);
    const second = Buffer.from(slowStack().planes[1].buffer);
    bytes[bytes.indexOf(second) + 3] ^= 1;
    await writeFile(partial, bytes);
    const again = slowStack();
    await files.save(again.stack, path, { resume: true });
    expect(again.computed).toEqual([1, 4, 5]);
    expect((await planesOf(path)).planes).toEqual(again.planes);
  });

  it.each([0, 10, 40, 700, -1, -100, -200])(
    'finds what is whole when it was killed while writing (byte %i)',
    async (cut) => {
      await interrupted(4);
      const length = (await readFile(partial)).length;
      await truncate(partial, cut < 0 ? length + cut : cut);
      const again = slowStack();
      await files.save(again.stack, path, { resume: true });
      expect(again.computed.length).toBeGreaterThanOrEqual(2);
      expect((await planesOf(path)).planes).toEqual(again.planes);
    },
  );

  it('stays readable at every moment', async () => {
    const { stack } = slowStack();
    const copies: string[] = [];
    const watched = mapPlanes(
      stack,
      async (index) => {
        const copy = join(folder, `copy${index.z}.ome.tif`);
        if (index.z > 2) {
          await copyFile(partial, copy);
          copies.push(copy);
        }
        return stack.source.read(index);
      },
      {},
    );
    await files.save(watched, path);
    for (const copy of copies) {
      const { planes } = await planesOf(copy);
      expect(planes).toEqual(slowStack().planes.slice(0, planes.length));
    }
    expect(copies).toHaveLength(3);
  });

  it.each([
    [3, { t: 1, c: 1, z: 3 }],
    [7, { t: 1, c: 2, z: 3 }],
    [11, { t: 1, c: 3, z: 3 }],
    [17, { t: 1, c: 3, z: 3 }],
  ])('shows whole channels and time points of %i planes', async (most, block) => {
    await interrupted(most, { ...SHAPE, t: 2, c: 3, z: 3 });
    const { stack } = await planesOf(partial);
    expect(stack.shape).toMatchObject(block);
    expect(stack.notes.join()).toContain(`planes 0 to ${most - 1} of 18, counted in the order`);
  });

  it('goes on with an ImageJ file too, whose planes come in another order', async () => {
    const shape = { ...SHAPE, c: 2, z: 3 };
    const to = join(folder, 'v.tif');
    await interrupted(4, shape, to);
    const again = slowStack(shape);
    await files.save(again.stack, to, { resume: true });
    expect(again.computed).toHaveLength(2);
    expect(await readdir(folder)).toEqual(['v.tif']);
  });

  it('keeps the finished planes when a later one fails', async () => {
    const slow = slowStack();
    slow.stopAfter.most = 2;
    slow.stopAfter.stop = () => {
      throw new TypeError('broken');
    };
    await expect(files.save(slow.stack, path)).rejects.toThrow('broken');
    expect((await planesOf(partial)).planes).toHaveLength(2);
  });
});
