import { afterEach, describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import { onnxTasks } from '#core/host/runtime/onnxTasks';
import { runsEnded } from '#core/host/runtime/runsInProgress';
import { sessionsOnThread } from '#core/host/runtime/sessionsOnThread';
import { emitOnnx } from '#core/network/emitOnnx';
import type { NetworkBlock } from '#core/network/NetworkExecutor';
import { emittedOnnx } from '#core/network/OnnxSource';
import { maxDifference, networkArray, smallNetwork } from '#tests/helpers/networkFixtures';

/** A thread whose runtime blocks it for 400 ms, as the real one does with a large tile. */
const ENTRY = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, name, input }) => {
      if (name === 'onnxRun') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
      parentPort.postMessage({ id, ok: true, value: name === 'onnxRun' ? { values: input.data, data: input.data } : 1 });
    });
  `)}`,
);

function block(): NetworkBlock {
  return { inputCount: 1, height: 16, width: 16, data: new Float32Array(2 * 16 * 16).fill(7) };
}

let thread: ReturnType<typeof sessionsOnThread>;
afterEach(() => thread.close());

describe('sessionsOnThread', () => {
  it('leaves the calling thread free while the network computes, and lets go at once', async () => {
    thread = sessionsOnThread(ENTRY);
    const network = smallNetwork('plain');
    const executor = createOnnxExecutor(emittedOnnx(network), {
      createSession: thread.create,
    });
    await executor.run(block());
    const controller = new AbortController();
    const started = performance.now();
    setTimeout(() => controller.abort(), 50);
    await expect(executor.run(block(), controller.signal)).rejects.toMatchObject({
      tag: 'CancelledError',
    });
    expect(performance.now() - started).toBeLessThan(300);
    // The runtime still computes: ending the program now would crash it.
    expect(await runsEnded(1)).toBe(false);
    expect(await runsEnded(2000)).toBe(true);
  });

  it('lets the runtime end what it is at before it ends the thread, and starts nothing more', async () => {
    thread = sessionsOnThread(ENTRY);
    const session = await thread.create(new Uint8Array(), 'cpu', 1);
    const [first, second] = [1, 2].map(() => session.run(block().data, [1, 2, 16, 16]));
    const refused = expect(second).rejects.toMatchObject({ tag: 'CancelledError' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await thread.close();
    expect(await first).toEqual({ values: block().data, data: block().data });
    await refused;
  });

  it('moves blocks instead of copying them, and brings them back', async () => {
    thread = sessionsOnThread(ENTRY);
    const session = await thread.create(new Uint8Array(), 'cpu', 1);
    const { data } = block();
    const result = await session.run(data, [1, 2, 16, 16]);
    expect(result.data).toEqual(block().data);
    expect(data.byteLength).toBe(0);
  });
});

describe('onnxTasks', () => {
  it('make, run and release sessions that are called by number', async () => {
    thread = sessionsOnThread(ENTRY);
    const model = emitOnnx(smallNetwork('plain'), { inputCount: 2 });
    const session = await onnxTasks.onnxCreate({ model, provider: 'cpu', threads: 1 });
    const { data, shape } = networkArray('images2');
    const { values } = await onnxTasks.onnxRun({ session, data, shape });
    expect(maxDifference(values ?? [], networkArray('plain2').data)).toBeLessThan(1e-5);
    await onnxTasks.onnxRelease({ session });
    await expect(onnxTasks.onnxRun({ session, data, shape })).rejects.toThrow(RangeError);
  });
});
