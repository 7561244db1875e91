import type { Tasks } from './tasks';

/** The name of a task. */
export type TaskName = keyof Tasks;
/** What a task takes. */
export type TaskInput<K extends TaskName> = Parameters<Tasks[K]>[0];
/** What a task gives. */
export type TaskOutput<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>;

/**
 * Runs pure functions by name, on worker threads where the host has them, otherwise in place.
 * Inputs are copied to the worker; results are transferred back.
 */
export interface TaskRunner {
  /** How many tasks run at the same time. */
  readonly concurrency: number;
  /**
   * @param moved buffers of the input that move instead of being copied; not to be used afterwards
   * @param onProgress hears how far the task is, 0 to 1, if it tells
   */
  run<K extends TaskName>(
    name: K,
    input: TaskInput<K>,
    signal?: AbortSignal,
    moved?: readonly ArrayBuffer[],
    onProgress?: (fraction: number) => void,
  ): Promise<TaskOutput<K>>;
}
