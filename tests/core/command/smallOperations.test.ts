import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '#core/command/commands';
import type { EngineApi, ExecuteResult } from '#core/command/engineApi';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { createEngine } from '#core/host/engine/createEngine';
import type { MacroValue } from '#core/image/History';
import { memoryByteSink } from '#tests/helpers/memoryByteSink';
import { writeOmeTiff } from '#core/io/tiff/writeOmeTiff';
import { interpolatingModels } from '#tests/helpers/interpolatingModels';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';
import { writeFileSync } from 'node:fs';

let folder: string;
let engine: EngineApi;
let opened: string;

const run = (
  command: string,
  inputs: { [name: string]: string },
  params: { [name: string]: MacroValue } = {},
): Promise<ExecuteResult> => engine.execute({ command, inputs, params });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'axial-small-'));
  engine = createEngine({
    ...{ tasks: inlineTaskRunner(), models: interpolatingModels() },
    ...{ samplesFolder: folder, eager: false },
  });
  const stack = rampStack({ t: 2, c: 2, z: 6, y: 9, x: 11 }, 'uint16', {
    calibration: fullCalibration(['DAPI', 'GFP']),
  });
  const sink = memoryByteSink();
  await writeOmeTiff(stack, sink);
  const path = join(folder, 'stack.ome.tif');
  writeFileSync(path, sink.bytes());
  opened = (await run('file.open', {}, { path })).documents['stack'].id;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function samples(id: string, t: number, c: number, z: number): Promise<number[]> {
  return [...(await engine.readPlane({ document: id, t, c, z })).pixels];
}

const CALLS: [string, { [name: string]: MacroValue }, string][] = [
  ['image.crop', { x: 2, y: 1, width: 5 }, 'cropped'],
  ['image.substack', { planes: '1-5:2', channels: '1' }, 'part'],
  ['image.reverse', { axis: 'z' }, 'reversed'],
  ['image.reorderAxes', { order: 'zct' }, 'reordered'],
  ['image.splitChannels', {}, 'channel1'],
  ['image.project', { method: 'median' }, 'projection'],
  ['image.project', { method: 'max', axis: 't' }, 'projection'],
  ['image.reslice', { view: 'yz' }, 'resliced'],
  ['image.scale', { factor: 1.5, interpolation: 'cubic' }, 'scaled'],
  ['edit.invert', {}, 'inverted'],
  ['process.gaussianBlur', { sigmaPx: 1.2 }, 'blurred'],
  ['process.median', { radiusPx: 1 }, 'filtered'],
];

describe('small operations', () => {
  it.each(CALLS)('%s %j survives saving, and its history makes the same again', async (...call) => {
    const [command, params, output] = call;
    const made = (await run(command, { stack: opened }, params)).documents[output];
    const path = join(folder, `${command}.ome.tif`);
    await run('file.save', { stack: made.id }, { path });
    const saved = (await run('file.open', {}, { path })).documents['stack'];
    expect(saved.shape).toEqual(made.shape);
    expect(saved.calibration).toEqual(made.calibration);
    expect(saved.history).toContain(`${command}(`);
    const again = (await run('macro.run', {}, { path })).documents['result'];
    const last = { t: made.shape.t - 1, c: made.shape.c - 1, z: made.shape.z - 1 };
    const [first, second, third] = await Promise.all(
      [made, saved, again].map(({ id }) => samples(id, last.t, last.c, last.z)),
    );
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  });

  it('channels that were split, filtered and merged replay from the file', async () => {
    const split = (await run('image.splitChannels', { stack: opened })).documents;
    expect(Object.keys(split)).toEqual(['channel0', 'channel1']);
    const blurred = (await run('process.gaussianBlur', { stack: split['channel0'].id })).documents;
    const inputs = { first: split['channel1'].id, second: blurred['blurred'].id };
    const merged = (await run('image.mergeChannels', inputs)).documents['merged'];
    expect(merged.calibration.channels.map(({ name }) => name)).toEqual(['GFP', 'DAPI']);
    expect(merged.calibration.pixelSizeUm).toEqual({ x: 0.0645, y: 0.1032, z: 0.2 });
    const path = join(folder, 'merged.ome.tif');
    await run('file.save', { stack: merged.id }, { path });
    const again = (await run('macro.run', {}, { path })).documents['result'];
    for (const c of [0, 1]) {
      expect(await samples(again.id, 1, c, 3)).toEqual(await samples(merged.id, 1, c, 3));
    }
  });

  it('merging leaves no gap among its images', async () => {
    const inputs = { first: opened, second: opened, fourth: opened };
    await expect(run('image.mergeChannels', inputs)).rejects.toMatchObject({ tag: 'UsageError' });
  });

  it('scaling changes the pixel size with the number of pixels, cropping does not', async () => {
    const size = { width: 22 };
    const scaled = (await run('image.scale', { stack: opened }, size)).documents['scaled'];
    expect(scaled.shape).toMatchObject({ x: 22, y: 18 });
    expect(scaled.calibration.pixelSizeUm).toEqual({ x: 0.03225, y: 0.0516, z: 0.2 });
    const cropped = await run('image.crop', { stack: opened }, { x: 4 });
    expect(cropped.documents['cropped'].shape).toMatchObject({ x: 7, y: 9 });
    expect(cropped.documents['cropped'].calibration.pixelSizeUm.x).toBe(0.0645);
  });

  it.each([
    ['image.crop', { x: 11 }, 'ImpossibleRequestError'],
    ['image.substack', { planes: '6' }, 'ImpossibleRequestError'],
    ['image.substack', { planes: 'all' }, 'UsageError'],
    ['image.scale', {}, 'UsageError'],
    ['image.scale', { factor: 2, width: 5 }, 'UsageError'],
    ['process.gaussianBlur', { sigmaPx: 0 }, 'UsageError'],
    ['process.median', { radiusPx: -1 }, 'UsageError'],
  ])('%s refuses %j', async (command, params, tag) => {
    const given = params as { [name: string]: MacroValue };
    await expect(run(command, { stack: opened }, given)).rejects.toMatchObject({ tag });
  });

  it('are found in the menus where ImageJ has them, each with a verb of its own', () => {
    const ids = [...new Set([...CALLS.map(([id]) => id), 'image.mergeChannels'])];
    const verbs = ids.map((id) => commands.get(id)?.verb);
    expect(new Set(verbs).size).toBe(ids.length);
    expect(verbs).not.toContain(null);
    for (const id of ids) {
      expect(['Image', 'Process', 'Edit']).toContain(commands.get(id)?.menu[0]);
    }
    const accelerators = [...commands.values()].flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(accelerators).size).toBe(accelerators.length);
  });
});
