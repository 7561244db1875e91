import type { TransferListItem } from 'node:worker_threads';
import { toWireError, type WireError } from '#core/command/wireError';
import { buffersOf } from '#core/util/buffersOf';

/** A task on its way to a thread. */
export interface TaskRequest {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

/** What a thread sends back. */
export type TaskAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WireError };

/** How far a task is, 0 to 1, while it runs. */
export interface TaskProgress {
  readonly id: number;
  readonly fraction: number;
}

/** Functions by name, each of one structured-cloneable input; they may tell how far they are. */
export type TaskTable = {
  readonly [name: string]: (input: never, tell: (fraction: number) => void) => unknown;
};

/** Runs one task and wraps what it gives, or how it fails, for the way back. */
export async function answerTask(
  table: TaskTable,
  { id, name, input }: TaskRequest,
  tell: (progress: TaskProgress) => void = () => {},
): Promise<{ answer: TaskAnswer; transfer: TransferListItem[] }> {
  try {
    const value = await table[name](input as never, (fraction) => tell({ id, fraction }));
    return { answer: { id, ok: true, value }, transfer: buffersOf(value) };
  } catch (error) {
    return {
      answer: { id, ok: false, error: toWireError(error) },
      transfer: [],
    };
  }
}
