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
  return {
    async create(model, provider, threads) {
      const session = await thread.run('onnxCreate', { model, provider, threads });
      return {
        run: (data, shape, signal) => thread.run('onnxRun', { session, data, shape }, signal),
        release: () => thread.run('onnxRelease', { session }),
      };
    },
    close: () => thread.close(),
  };
}
