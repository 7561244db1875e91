import { cancelledError } from '#core/util/errors';
import { workerPool } from '#core/host/worker/workerPool';
import type { CreateSession } from './onnxSession';
import type { onnxTasks } from './onnxTasks';

/**
 * Sessions that compute on a thread of their own. ONNX Runtime blocks the thread that calls it, for
 * seconds with large tiles; this one stays free to show planes and to hear of Cancel.
 *
 * @param entry the bundled `core/host/worker/main.ts`
 */
export function sessionsOnThread(entry: URL): {
  readonly create: CreateSession;
  close(): Promise<void>;
} {
  // One thread only: sessions live on it, and the runtime spreads each run over the cores itself.
  const thread = workerPool<typeof onnxTasks>(entry, 1);
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  /** One after the other: a cancelled call that still waits is dropped, one that runs is waited for. */
  const inTurn = <T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const mine = turn.then(() => {
      signal?.throwIfAborted();
      if (isClosed) throw cancelledError();
      return call();
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    async create(model, provider, threads) {
      const session = await inTurn(() => thread.run('onnxCreate', { model, provider, threads }));
      return {
        // Nothing stops the runtime, and who ends the program has to know when it is done.
        run: (data, shape, signal) =>
          inTurn(
            () => thread.run('onnxRun', { session, data, shape }, undefined, [data.buffer]),
            signal,
          ),
        release: () => thread.run('onnxRelease', { session }),
      };
    },
    async close() {
      isClosed = true;
      // Ending a thread inside the runtime would end the whole program.
      await turn;
      await thread.close();
    },
  };
}
