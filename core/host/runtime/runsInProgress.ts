const running = new Set<Promise<unknown>>();

/** Notes a computation that cannot be stopped until it has ended; gives it back. */
export function trackRun<T>(run: Promise<T>): Promise<T> {
  running.add(run);
  const forget = (): void => {
    running.delete(run);
  };
  run.then(forget, forget);
  return run;
}

/** Whether all noted computations have ended, now or within `timeoutMs`. */
export async function runsEnded(timeoutMs: number): Promise<boolean> {
  if (running.size === 0) return true;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const ended = Promise.allSettled([...running]).then(() => true);
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}
