/**
 * Keeps the latest result of an expensive computation, which several readers may share. A reader whose
 * fellow cancelled the computation starts it again.
 *
 * @param compute makes the result for a key
 */
export function latestOnly<T>(
  compute: (key: string, signal?: AbortSignal) => Promise<T>,
): (key: string, signal?: AbortSignal) => Promise<T> {
  let latest: { readonly key: string; readonly result: Promise<T> } | null = null;
  return async (key, signal) => {
    for (;;) {
      const shared = latest?.key === key ? latest : null;
      const entry = shared ?? { key, result: compute(key, signal) };
      latest = entry;
      try {
        return await entry.result;
      } catch (error) {
        if (latest === entry) latest = null;
        signal?.throwIfAborted();
        // A failure of one's own is final; that of another reader may have been his cancelling.
        if (!shared) throw error;
      }
    }
  };
}
