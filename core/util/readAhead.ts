/**
 * Gives results in order while later ones are already being made.
 *
 * @param count how many results there are
 * @param ahead how many may be in the making or waiting at one time, at least 1
 * @param produce makes result `index`, counting from 0
 * @throws what `produce` throws, in order, after the others that were begun have come to rest
 */
export async function* readAhead<T>(
  count: number,
  ahead: number,
  produce: (index: number) => Promise<T>,
): AsyncGenerator<T, void, undefined> {
  const pending: Promise<T>[] = [];
  let begun = 0;
  const fill = (): void => {
    while (begun < count && pending.length < Math.max(1, ahead)) {
      const result = produce(begun++);
      // A failure is thrown when its turn comes; until then it is not an unhandled one.
      result.catch(() => undefined);
      pending.push(result);
    }
  };
  try {
    fill();
    for (let next = pending.shift(); next; next = pending.shift()) {
      const result = await next;
      fill();
      yield result;
    }
  } finally {
    await Promise.allSettled(pending);
  }
}
