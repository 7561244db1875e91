import { cancelledError, isAxialError } from './errors';

/**
 * Runs `work`; whatever it throws once `signal` is aborted counts as the cancellation that it is.
 *
 * @throws AxialError `CancelledError` when the signal is aborted, otherwise what `work` throws
 */
export async function cancellable<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    throw signal?.aborted && !isAxialError(error, 'CancelledError') ? cancelledError(error) : error;
  }
}
