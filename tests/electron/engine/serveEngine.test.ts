import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineApi, PlanePixels } from '#core/command/engineApi';
import { AxialError, isAxialError } from '#core/util/errors';
import { serveEngine } from '#electron/engine/serveEngine';
import { PIXEL_WINDOW } from '#electron/shared/portProtocol';
import { EngineClient } from '#renderer/platform/EngineClient';
import { FakeEngine } from '#tests/helpers/fakeEngine';
import { portPair, type WatchedPort } from '#tests/helpers/portPair';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.restoreAllMocks();
});

function join(
  engine: EngineApi,
  chunkBytes?: number,
): { client: EngineClient; engine: WatchedPort; page: WatchedPort } {
  const ports = portPair();
  const stop = serveEngine(engine, ports.engine, chunkBytes);
  const client = new EngineClient(ports.page);
  stops.push(() => {
    stop();
    client.close();
  });
  return { client, ...ports };
}

function planeOf(pixels: PlanePixels['pixels'], width: number): PlanePixels {
  const pixelType =
    pixels instanceof Float32Array ? 'float32' : pixels instanceof Uint16Array ? 'uint16' : 'uint8';
  return { width, height: pixels.length / width, pixelType, pixels, min: 0, max: 1 };
}

const PLANE = { document: 'd1', t: 0, c: 0, z: 3 };

describe('the engine behind a port', () => {
  it('answers what the engine itself answers', async () => {
    const engine = new FakeEngine();
    const { client } = join(engine);
    expect(await client.commands()).toEqual(await engine.commands());
    expect(await client.deviceStatus()).toEqual(await engine.deviceStatus());
    expect(await client.sharpness('d1', { t: 0, c: 0 })).toEqual(await engine.sharpness());
  });

  it('carries the pixels of every type unchanged, in pieces and whole', async () => {
    const engine = new FakeEngine();
    const samples = Array.from({ length: 35 }, (_, i) => (i * 7919) % 251);
    for (const pixels of [
      Uint8Array.from(samples),
      Uint16Array.from(samples, (v) => v * 257),
      Float32Array.from(samples, (v) => v / 7 - 3),
    ]) {
      vi.spyOn(engine, 'readPlane').mockResolvedValue(planeOf(pixels, 7));
      for (const chunkBytes of [16, 1000]) {
        const { client } = join(engine, chunkBytes);
        const plane = await client.readPlane(PLANE);
        expect(plane.pixels).toEqual(pixels);
        expect(plane).toMatchObject({ width: 7, height: 5 });
      }
    }
  });

  it('sends copies, never views that drag a larger buffer along', async () => {
    const engine = new FakeEngine();
    const large = new Uint8Array(10_000);
    vi.spyOn(engine, 'readPlane').mockResolvedValue(planeOf(large.subarray(100, 200), 10));
    const { client, engine: port } = join(engine, 30);
    await client.readPlane(PLANE);
    const chunks = port.sent.filter(
      (message) => (message as { kind: string }).kind === 'chunk',
    ) as { bytes: Uint8Array }[];
    expect(chunks.map(({ bytes }) => bytes.byteLength)).toEqual([30, 30, 30, 10]);
    for (const { bytes } of chunks) expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
  });

  it('keeps no more than a window of pixel messages on the way', async () => {
    const engine = new FakeEngine();
    vi.spyOn(engine, 'readPlane').mockResolvedValue(planeOf(new Uint8Array(100), 10));
    const ports = portPair();
    stops.push(serveEngine(engine, ports.engine, 10));
    ports.page.listen(() => undefined);
    ports.page.send({ kind: 'request', id: 1, method: 'readPlane', input: PLANE });
    const chunks = (): number =>
      ports.engine.sent.filter((message) => (message as { kind: string }).kind === 'chunk').length;
    await vi.waitFor(() => expect(chunks()).toBe(PIXEL_WINDOW));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(chunks()).toBe(PIXEL_WINDOW);
    ports.page.send({ kind: 'received', id: 1 });
    await vi.waitFor(() => expect(chunks()).toBe(PIXEL_WINDOW + 1));
  });

  it('revives an expected failure with its tag, remedy and details', async () => {
    const { client } = join(new FakeEngine());
    const failure = client.execute({
      command: 'file.open',
      inputs: {},
      params: { path: '/data/broken.tif' },
    });
    await expect(failure).rejects.toBeInstanceOf(AxialError);
    await expect(failure).rejects.toMatchObject({
      tag: 'DamagedFileError',
      remedy: 'The first 40 planes can be opened.',
      details: { plane: 41 },
    });
  });

  it('carries a bug as a plain error with the stack of the engine', async () => {
    const engine = new FakeEngine();
    vi.spyOn(engine, 'documents').mockRejectedValue(new RangeError('off by one'));
    const { client } = join(engine);
    const bug = await client.documents().catch((error: unknown) => error);
    expect(isAxialError(bug)).toBe(false);
    expect(bug).toMatchObject({ message: 'off by one' });
    expect(String((bug as Error).cause)).toContain('RangeError');
  });

  it('reports progress and stops the engine when the caller cancels', async () => {
    const { client } = join(new FakeEngine());
    const controller = new AbortController();
    const fractions: (number | null)[] = [];
    const done = client.execute(
      { command: 'process.align', inputs: { stack: 'd1' }, params: {} },
      {
        signal: controller.signal,
        onProgress: ({ fraction }) => {
          fractions.push(fraction);
          if (fractions.length === 3) controller.abort();
        },
      },
    );
    await expect(done).rejects.toMatchObject({ tag: 'CancelledError' });
    expect(fractions[0]).toBeCloseTo(1 / 21);
    expect(fractions.length).toBeLessThan(21);
  });

  it('refuses at once when the caller has cancelled before', async () => {
    const { client, page } = join(new FakeEngine());
    const options = { signal: AbortSignal.abort() };
    await expect(client.readPlane(PLANE, options)).rejects.toMatchObject({ tag: 'CancelledError' });
    expect(page.sent).toEqual([]);
  });

  it('passes events on until the listener is removed', async () => {
    const engine = new FakeEngine();
    const { client } = join(engine);
    const heard: string[] = [];
    const remove = client.onEvent((event) => heard.push(event.kind));
    await client.commands();
    engine.emit({ kind: 'note', text: 'one plane is suspect' });
    await vi.waitFor(() => expect(heard).toEqual(['note']));
    remove();
    engine.emit({ kind: 'note', text: 'again' });
    await client.commands();
    expect(heard).toEqual(['note']);
  });

  it('keeps figures that are infinite or not a number', async () => {
    const engine = new FakeEngine();
    const report = { psnrDb: Infinity, pearson: NaN };
    vi.spyOn(engine, 'execute').mockResolvedValue({
      documents: {},
      texts: {},
      report,
      lines: [],
      passed: true,
      notes: [],
    });
    const { client } = join(engine);
    const result = await client.execute({ command: 'compare.metrics', inputs: {}, params: {} });
    expect(result.report).toEqual(report);
  });

  it('fails every open question when the engine is gone', async () => {
    const engine = new FakeEngine();
    vi.spyOn(engine, 'commands').mockReturnValue(new Promise(() => undefined));
    const { client } = join(engine);
    const waiting = client.commands();
    client.close();
    await expect(waiting).rejects.toMatchObject({ tag: 'DeviceError' });
    await expect(client.documents()).rejects.toMatchObject({ tag: 'DeviceError' });
  });

  it.each([
    ['an unknown method', { kind: 'request', id: 1, method: 'eval', input: {} }],
    ['no id', { kind: 'request', method: 'commands', input: {} }],
    ['something that is no message', 'hello'],
  ])('ignores %s and goes on', async (_what, message) => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { client, page } = join(new FakeEngine());
    page.send(message as never);
    expect(await client.commands()).toHaveLength(6);
  });

  it('answers a malformed question with a failure', async () => {
    const { client } = join(new FakeEngine());
    await expect(client.readPlane({ ...PLANE, z: -1 })).rejects.toThrow();
    await expect(client.readPlane({ ...PLANE, z: 0.5 })).rejects.toThrow();
  });
});
