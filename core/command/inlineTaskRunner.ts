import type { TaskInput, TaskName, TaskOutput, TaskRunner } from './TaskRunner';
import { tasks } from './tasks';

/** Runs tasks in place, one at a time: for tests and hosts without threads. */
export function inlineTaskRunner(): TaskRunner {
  return {
    concurrency: 1,
    async run<K extends TaskName>(
      name: K,
      input: TaskInput<K>,
      signal?: AbortSignal,
      _moved?: readonly ArrayBuffer[],
      onProgress: (fraction: number) => void = () => {},
    ) {
      signal?.throwIfAborted();
      const task = tasks[name] as (
        input: TaskInput<K>,
        tell: (fraction: number) => void,
      ) => TaskOutput<K> | Promise<TaskOutput<K>>;
      return await task(input, onProgress);
    },
  };
}
