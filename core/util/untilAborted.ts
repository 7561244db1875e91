import { cancelledError } from '#core/util/errors';

/** The promise's outcome, or a CancelledError as soon as `signal` aborts; the work itself goes on. */
export function untilAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  if (signal.aborted) {
    // Nobody hears of a failure any more.
    work.catch(() => undefined);
    return Promise.reject(cancelledError(signal.reason));
  }
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(cancelledError(signal.reason));
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
