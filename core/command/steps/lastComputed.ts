/**
 * Remembers what was computed last. Readers ask for results in order, several at a time; one after
 * the other they are computed, each once for all who ask for it.
 *
 * @param compute makes the result for `key`
 */
export function lastComputed<T>(
  compute: (key: number, signal?: AbortSignal) => Promise<T>,
): (key: number, signal?: AbortSignal) => Promise<T> {
  let last: { readonly key: number; readonly result: Promise<T> } | null = null;
  return (key, signal) => {
    if (last?.key === key) return last.result;
    const before = last?.result ?? Promise.resolve();
    const result = before.then(
      () => compute(key, signal),
      () => compute(key, signal),
    );
    const made = { key, result };
    last = made;
    // A failure, or a cancelled computation, is no result for those who ask later.
    result.catch(() => {
      if (last === made) last = null;
    });
    return result;
  };
}
