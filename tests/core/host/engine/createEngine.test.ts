import { mkdtempSync, rmSync, writeFileSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineApi, EngineEvent, ExecuteResult } from '#core/command/engineApi';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import type { MacroValue } from '#core/image/History';
import { createEngine } from '#core/host/engine/createEngine';
import { interpolatingModels } from '#tests/helpers/interpolatingModels';

let folder: string;
let engine: EngineApi;

const start = (eager: boolean): EngineApi =>
  createEngine({
    tasks: inlineTaskRunner(),
    models: interpolatingModels(),
    samplesFolder: folder,
    eager,
  });

const run = (
  command: string,
  inputs: { [name: string]: string } = {},
  params: { [name: string]: MacroValue } = {},
): Promise<ExecuteResult> => engine.execute({ command, inputs, params });

async function simulated(params: { [name: string]: MacroValue } = {}): Promise<string> {
  const size = { width: 40, height: 36, planes: 9, ...params };
  return (await run('simulate.specimen', {}, size)).documents['simulated'].id;
}

async function planeOf(id: string, z: number): Promise<number[]> {
  return [...(await engine.readPlane({ document: id, t: 0, c: 0, z })).pixels];
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'axial-engine-'));
  engine = start(false);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the engine', () => {
  it('runs the pipeline from a file to a file, and the saved history replays to the same pixels', async () => {
    const raw = join(folder, 'raw.ome.tif');
    await run('file.save', { stack: await simulated() }, { path: raw });
    const opened = (await run('file.open', {}, { path: raw })).documents['stack'].id;
    const aligned = (await run('process.align', { stack: opened }, { model: 'translation' }))
      .documents['aligned'].id;
    const volume = (await run('reconstruct.recurrentMz', { stack: aligned }, { inputs: [1, 4, 7] }))
      .documents['volume'];
    const result = join(folder, 'result.ome.tif');
    await run('file.save', { stack: volume.id }, { path: result });

    const replayed = (await run('macro.run', {}, { path: result })).documents['result'];
    expect(replayed.shape).toEqual(volume.shape);
    for (const z of [0, 4, 8])
      expect(await planeOf(replayed.id, z)).toEqual(await planeOf(volume.id, z));
    const saved = (await run('file.open', {}, { path: result })).documents['stack'];
    expect(saved.history).toContain('reconstruct.recurrentMz');
    expect(saved.calibration.pixelSizeUm).toEqual({ x: 0.1, y: 0.1, z: 0.2 });
    expect(await planeOf(saved.id, 4)).toEqual(await planeOf(volume.id, 4));
  });

  it('states the scale of an open image in place, under a new name in the macro', async () => {
    const raw = join(folder, 'raw.tif');
    const made = await simulated({ planes: 3 });
    await run('file.save', { stack: made }, { path: raw });
    const id = (await run('file.open', {}, { path: raw })).documents['stack'].id;
    const open = (await engine.documents()).length;
    const before = await planeOf(id, 1);

    const lengths = { pixelSizeUm: 0.13, zStepUm: 0.3 };
    const { documents } = await run('image.setCalibration', { stack: id }, lengths);
    expect(documents['calibrated']).toMatchObject({
      ...{ id, unsaved: true },
      calibration: { pixelSizeUm: { x: 0.13, y: 0.13, z: 0.3 } },
      zPositionsUm: [0, 0.3, 0.6],
    });
    expect((await engine.documents()).length).toBe(open);
    expect(await planeOf(id, 1)).toEqual(before);
    const [edf] = Object.values((await run('process.edf', { stack: id })).documents);
    expect(edf?.history).toContain('image.setCalibration');
    expect(await engine.recordedMacro()).toMatch(/calibrated = image.setCalibration\(stack.*/);
    expect(await engine.recordedMacro()).toMatch(/= process.edf\(calibrated/);
  });

  it('notes at replay that an input is not the file that was used', async () => {
    const raw = join(folder, 'raw.ome.tif');
    const small = await simulated({ planes: 2 });
    await run('file.save', { stack: small }, { path: raw });
    const macro = join(folder, 'm.axial');
    writeFileSync(
      macro,
      `# Axial macro 1\ns = file.open(path=${JSON.stringify(raw)}, sha256="00")\nreturn s\n`,
    );
    const { notes } = await run('macro.run', {}, { path: macro });
    expect(notes.join()).toContain('checksum differs');
  });

  it('finds the inputs of a macro beside it when they have moved', async () => {
    const raw = join(folder, 'raw.ome.tif');
    await run('file.save', { stack: await simulated({ planes: 2 }) }, { path: raw });
    const macro = join(folder, 'm.axial');
    writeFileSync(macro, `# Axial macro 1\ns = file.open(path="/gone/raw.ome.tif")\nreturn s\n`);
    expect((await run('macro.run', {}, { path: macro })).documents['result'].shape.z).toBe(2);
  });

  it('records what was done as a macro that does it again', async () => {
    const stack = await simulated({ planes: 3 });
    const path = join(folder, 'fused.ome.tif');
    const fused = (await run('process.edf', { stack }, { method: 'variance' })).documents['fused']
      .id;
    await run('file.save', { stack: fused }, { path });
    const first = readFileSync(path);
    rmSync(path);
    const macro = join(folder, 'recorded.axial');
    writeFileSync(macro, await engine.recordedMacro());
    engine = start(false);
    await run('macro.run', {}, { path: macro });
    expect(readFileSync(path).equals(first)).toBe(true);
  });

  it('computes results ahead when it is eager, and tells of every plane', async () => {
    engine = start(true);
    const events: EngineEvent[] = [];
    engine.onEvent((event) => events.push(event));
    const stack = await simulated({ planes: 4 });
    await run('process.normalise', { stack });
    const documents = await engine.documents();
    expect(documents.map(({ readyPlanes }) => readyPlanes)).toEqual([4, 4, 4, 4]);
    expect(events.filter(({ kind }) => kind === 'planeReady')).toHaveLength(16);
  });

  it('stops when asked, and leaves no file behind', async () => {
    const stack = await simulated();
    const controller = new AbortController();
    const path = join(folder, 'never.ome.tif');
    const saving = engine.execute(
      { command: 'file.save', inputs: { stack }, params: { path } },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(saving).rejects.toMatchObject({ tag: 'CancelledError' });
    expect(existsSync(path)).toBe(false);
  });

  it('maps values back when it compares integers that stand for other values', async () => {
    const made = await run('simulate.specimen', {}, { width: 40, height: 36, planes: 3 });
    const clean = made.documents['clean'].id;
    const scaled = (await run('image.convertType', { stack: clean }, { pixelType: 'uint16' }))
      .documents['converted'];
    expect(scaled.valueMapping).not.toBeNull();
    const { report } = await run('compare.metrics', { result: scaled.id, truth: clean });
    expect((report['whole'] as { psnrDb: number }).psnrDb).toBeGreaterThan(90);
  });

  it('compares only planes at equal heights and knows which were given', async () => {
    const stack = await simulated();
    const made = await run(
      'reconstruct.recurrentMz',
      { stack },
      { inputs: [0, 8], planes: [2, 4, 8] },
    );
    const { report, texts } = await run('compare.metrics', {
      result: made.documents['volume'].id,
      truth: stack,
    });
    const planes = report['planes'] as { z: number; given: boolean }[];
    expect(planes.map(({ z, given }) => [z, given])).toEqual([
      [2, false],
      [4, false],
      [8, true],
    ]);
    const gains = report['gains'] as { linear: { psnrDb: number; planes: number } };
    // The test's model is linear interpolation, so it gains nothing over it.
    expect(gains.linear.psnrDb).toBeCloseTo(0, 4);
    expect(gains.linear.planes).toBe(2);
    expect(texts['report']).toContain('</html>');
    expect(texts['report']).not.toContain('undefined');
    expect(texts['report']).not.toContain('NaN');
  });

  it.each([
    ['file.open', {}, { path: '/no/such/file.tif' }, 'FileAccessError'],
    ['file.open', {}, {}, 'UsageError'],
    ['file.open', {}, { path: 'x', bogus: 1 }, 'UsageError'],
    ['no.command', {}, {}, 'UsageError'],
    ['process.edf', {}, {}, 'UsageError'],
    ['process.edf', { stack: 'd99' }, {}, 'ImpossibleRequestError'],
    ['simulate.specimen', {}, { width: 0 }, 'UsageError'],
  ])('answers %s %j %j with %s', async (command, inputs, params, tag) => {
    const call = async () =>
      run(command, inputs as { [name: string]: string }, params as { [name: string]: MacroValue });
    await expect(call()).rejects.toMatchObject({ tag });
  });

  it('refuses to reconstruct at heights that nobody knows', async () => {
    const stack = await simulated({ planes: 3 });
    const path = join(folder, 'plain.tif');
    await run('file.save', { stack }, { path });
    const doc = (await run('file.open', {}, { path, zStepUm: null })).documents['stack'];
    expect(doc.zPositionsUm).toHaveLength(3);
    await expect(run('reconstruct.recurrentMz', { stack }, { inputs: [5] })).rejects.toMatchObject({
      message: 'There is no plane 5; the stack has 3.',
    });
  });

  it('shows a preview without listing, recording or computing it, and forgets it when told', async () => {
    engine = start(true);
    const events: EngineEvent[] = [];
    const stack = await simulated();
    engine.onEvent((event) => events.push(event));
    const recorded = await engine.recordedMacro();
    const listed = await engine.documents();
    const { documents, report } = await engine.execute({
      ...{ command: 'process.threshold', inputs: { stack }, params: {}, preview: true },
    });
    const { id, readyPlanes } = documents['mask'];
    expect(readyPlanes).toBe(0);
    expect(events).toEqual([]);
    expect(await engine.documents()).toEqual(listed);
    expect(await engine.recordedMacro()).toBe(recorded);

    const mask = await planeOf(id, 4);
    const plane = await planeOf(stack, 4);
    const threshold = Number(report['threshold']);
    expect(mask).toEqual(plane.map((value) => (value > threshold ? 255 : 0)));
    await engine.closeDocument(id);
    await expect(planeOf(id, 4)).rejects.toMatchObject({ tag: 'ImpossibleRequestError' });
  });
});
