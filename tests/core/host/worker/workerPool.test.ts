import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Tasks } from '#core/command/tasks';
import type { TaskInput } from '#core/command/TaskRunner';
import { workerPool, type WorkerPool } from '#core/host/worker/workerPool';

/** A worker that does as its input says, so that the pool alone is under test. */
const ENTRY = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, input }) => {
      for (const fraction of input.tells ?? []) parentPort.postMessage({ id, fraction });
      if (input.die) process.exit(3);
      if (input.throws) throw new Error('boom');
      const answer = input.fails
        ? { id, ok: false, error: { tag: 'ImpossibleRequestError', message: 'no', remedy: 'r', details: {}, causes: [] } }
        : { id, ok: true, value: input.value };
      setTimeout(() => parentPort.postMessage(answer), input.delayMs ?? 0);
    });
  `)}`,
);

let pool: WorkerPool<Tasks>;
afterEach(() => pool.close());

const run = (input: object, signal?: AbortSignal): Promise<unknown> =>
  pool.run('planeSharpness', input as TaskInput<'planeSharpness'>, signal);

describe('workerPool', () => {
  it('gives every caller its own answer, more tasks than threads', async () => {
    pool = workerPool(ENTRY, 2);
    const answers = await Promise.all(
      [5, 1, 3, 2, 4].map((value) => run({ value, delayMs: value * 5 })),
    );
    expect(answers).toEqual([5, 1, 3, 2, 4]);
  });

  it('moves the buffers that it is told to, and copies the others', async () => {
    pool = workerPool(ENTRY, 1);
    const moved = new Float32Array([1, 2]);
    const copied = new Float32Array([3]);
    const input = { value: { moved, copied } } as unknown as TaskInput<'planeSharpness'>;
    const answer = await pool.run('planeSharpness', input, undefined, [moved.buffer]);
    expect(answer).toEqual({ moved: new Float32Array([1, 2]), copied: new Float32Array([3]) });
    expect([moved.length, copied.length]).toEqual([0, 1]);
  });

  it('passes on how far a task is, to whoever asked for it', async () => {
    pool = workerPool(ENTRY, 1);
    const told: number[] = [];
    const input = { tells: [0.3, 1], value: 7 } as unknown as TaskInput<'planeSharpness'>;
    const answer = pool.run('planeSharpness', input, undefined, [], (part) => told.push(part));
    expect(await answer).toBe(7);
    expect(told).toEqual([0.3, 1]);
    expect(await run({ tells: [0.5], value: 8 })).toBe(8);
    expect(told).toEqual([0.3, 1]);
  });

  it('passes expected failures on with tag and remedy', async () => {
    pool = workerPool(ENTRY, 1);
    await expect(run({ fails: true })).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
      remedy: 'r',
    });
    expect(await run({ value: 7 })).toBe(7);
  });

  it('answers a cancelled task at once, running or waiting, and goes on', async () => {
    pool = workerPool(ENTRY, 1);
    const controller = new AbortController();
    const running = run({ value: 1, delayMs: 150 }, controller.signal);
    const waiting = run({ value: 2 }, controller.signal);
    const other = run({ value: 3 });
    controller.abort();
    await expect(running).rejects.toMatchObject({ tag: 'CancelledError' });
    await expect(waiting).rejects.toMatchObject({ tag: 'CancelledError' });
    expect(await other).toBe(3);
  });

  it.each([{ throws: true }, { die: true }])(
    'reports a thread that ends (%j) and replaces it',
    async (fault) => {
      pool = workerPool(ENTRY, 1);
      await expect(run(fault)).rejects.toMatchObject({ tag: 'DeviceError' });
      expect(await run({ value: 8 })).toBe(8);
    },
  );

  it('holds the program until its threads have ended, although one still answers', async () => {
    pool = workerPool(ENTRY, 1);
    await run({ value: 1 });
    const late = run({ value: 2 });
    // The answer comes while this thread is blocked, and is read after the thread was told to end.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    const unref = vi.spyOn(Worker.prototype, 'unref');
    await Promise.all([pool.close(), late.catch(() => undefined)]);
    expect(unref).not.toHaveBeenCalled();
    unref.mockRestore();
  });

  it('leaves no task waiting when it is closed', async () => {
    pool = workerPool(ENTRY, 1);
    const tasks = [run({ value: 1, delayMs: 1000 }), run({ value: 2 })];
    const outcomes = Promise.allSettled(tasks);
    await pool.close();
    const reasons = (await outcomes).map(({ status }) => status);
    expect(reasons).toEqual(['rejected', 'rejected']);
    await expect(run({ value: 3 })).rejects.toMatchObject({ tag: 'CancelledError' });
  });
});
