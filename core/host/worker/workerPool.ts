import { Worker } from 'node:worker_threads';
import type { TaskInput, TaskName, TaskOutput, TaskRunner } from '#core/command/TaskRunner';
import { reviveError } from '#core/command/wireError';
import { AxialError, cancelledError } from '#core/util/errors';
import type { TaskAnswer, TaskRequest } from './answerTask';

interface Job {
  readonly request: TaskRequest;
  readonly settle: (answer: TaskAnswer) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Worker threads that run the tasks of `core/command/tasks.ts`. Threads start when the first task
 * comes. A cancelled task that still waits is dropped; one that runs is let go, its answer ignored.
 *
 * @param entry the bundled `core/host/worker/main.ts`
 * @param concurrency number of threads
 */
export function workerPool(
  entry: URL,
  concurrency: number,
): TaskRunner & { close(): Promise<void> } {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const queue: Job[] = [];
  let nextId = 0;

  const start = (): Worker => {
    const worker = new Worker(entry);
    worker.on('message', (answer: TaskAnswer) => {
      const job = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      worker.unref();
      job?.settle(answer);
      pump();
    });
    worker.on('error', (error) => {
      const job = busy.get(worker);
      busy.delete(worker);
      job?.fail(workerLost(error));
      pump();
    });
    return worker;
  };

  const pump = (): void => {
    while (queue.length > 0 && busy.size < concurrency) {
      const job = queue.shift();
      if (!job) return;
      const worker = idle.pop() ?? start();
      worker.ref();
      busy.set(worker, job);
      worker.postMessage(job.request);
    }
  };

  return {
    concurrency,
    run<K extends TaskName>(name: K, input: TaskInput<K>, signal?: AbortSignal) {
      return new Promise<TaskOutput<K>>((resolve, reject) => {
        if (signal?.aborted) return reject(cancelledError(signal.reason));
        const cancel = (): void => {
          const waiting = queue.indexOf(job);
          if (waiting >= 0) queue.splice(waiting, 1);
          reject(cancelledError(signal?.reason));
        };
        const job: Job = {
          request: { id: nextId++, name, input },
          settle: (answer) => {
            signal?.removeEventListener('abort', cancel);
            if (answer.ok) resolve(answer.value as TaskOutput<K>);
            else reject(reviveError(answer.error));
          },
          fail: (error) => {
            signal?.removeEventListener('abort', cancel);
            reject(error);
          },
        };
        signal?.addEventListener('abort', cancel, { once: true });
        queue.push(job);
        pump();
      });
    },
    async close() {
      await Promise.all([...idle, ...busy.keys()].map((worker) => worker.terminate()));
    },
  };
}

function workerLost(cause: Error): AxialError {
  return new AxialError(
    'DeviceError',
    `A worker thread ended: ${cause.message}.`,
    'Try again; with very large planes, fewer threads need less memory (AXIAL_THREADS=1).',
    { cause },
  );
}
