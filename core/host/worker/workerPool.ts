import { Worker } from 'node:worker_threads';
import type { Tasks } from '#core/command/tasks';
import { reviveError } from '#core/command/wireError';
import { AxialError, cancelledError } from '#core/util/errors';
import { untilAborted } from '#core/util/untilAborted';
import type { TaskAnswer, TaskProgress, TaskRequest, TaskTable } from './answerTask';

interface Job {
  readonly request: TaskRequest;
  readonly moved: readonly ArrayBuffer[];
  readonly settle: (answer: TaskAnswer) => void;
  readonly fail: (error: Error) => void;
  readonly isWanted: () => boolean;
  readonly tell: (fraction: number) => void;
}

/** What a job brings besides its request. */
type How = Pick<Job, 'moved' | 'tell'>;

/** Threads that run tasks of a table by name; a `TaskRunner` when the table is `Tasks`. */
export interface WorkerPool<T extends TaskTable> {
  readonly concurrency: number;
  run<K extends keyof T & string>(
    name: K,
    input: Parameters<T[K]>[0],
    signal?: AbortSignal,
    moved?: readonly ArrayBuffer[],
    onProgress?: (fraction: number) => void,
  ): Promise<Awaited<ReturnType<T[K]>>>;
  close(): Promise<void>;
}

/**
 * Worker threads that run the tasks of `core/command/tasks.ts`, or another table that they know. Threads start when the first task
 * comes. A cancelled task that still waits is dropped; one that runs is let go, its answer ignored.
 *
 * @param entry the bundled `core/host/worker/main.ts`
 * @param concurrency number of threads
 */
export function workerPool<T extends TaskTable = Tasks>(
  entry: URL,
  concurrency: number,
): WorkerPool<T> {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const queue: Job[] = [];
  let nextId = 0;
  let closed = false;

  const start = (): Worker => {
    const worker = new Worker(entry);
    worker.on('message', (answer: TaskAnswer | TaskProgress) => {
      if ('fraction' in answer) return busy.get(worker)?.tell(answer.fraction);
      const job = released(busy, worker);
      idle.push(worker);
      // Let go while it is being ended, the thread would not hold the program until it has.
      if (!closed) worker.unref();
      job?.settle(answer);
      pump();
    });
    let cause: Error | undefined;
    worker.on('error', (error) => (cause = error));
    worker.on('exit', () => {
      const job = released(busy, worker);
      job?.fail(workerLost(cause));
      pump();
    });
    return worker;
  };

  const pump = (): void => {
    while (queue.length > 0 && busy.size < concurrency) {
      const job = queue.shift();
      if (!job?.isWanted()) continue;
      const worker = idle.pop() ?? start();
      worker.ref();
      busy.set(worker, job);
      worker.postMessage(job.request, job.moved);
    }
  };

  const submit = <V>(request: TaskRequest, how: How, signal?: AbortSignal): Promise<V> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(cancelledError());
      queue.push({ ...newJob(request, resolve, reject, signal), ...how });
      pump();
    });

  return {
    concurrency,
    run: (name, input, signal, moved = [], tell = () => {}) =>
      untilAborted(submit({ id: nextId++, name, input }, { moved, tell }, signal), signal),
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.fail(cancelledError());
      await Promise.all([...idle, ...busy.keys()].map((worker) => worker.terminate()));
    },
  };
}

/** What a thread was doing, until now. */
function released(busy: Map<Worker, Job>, worker: Worker): Job | undefined {
  const job = busy.get(worker);
  busy.delete(worker);
  return job;
}

function newJob<T>(
  request: TaskRequest,
  resolve: (value: T) => void,
  fail: (error: Error) => void,
  signal?: AbortSignal,
): Omit<Job, keyof How> {
  return {
    request,
    settle: (answer) => {
      if (answer.ok) resolve(answer.value as T);
      else fail(reviveError(answer.error));
    },
    fail,
    isWanted: () => signal?.aborted !== true,
  };
}

function workerLost(cause: Error | undefined): AxialError {
  return new AxialError(
    'DeviceError',
    `A worker thread ended: ${cause?.message ?? 'no reason was given'}.`,
    'Try again; with very large planes, fewer threads need less memory (AXIAL_THREADS=1).',
    { cause },
  );
}
