import { bench } from 'vitest';

/**
 * Runs a comparison that takes turns with its peer by itself; the figures are the rows that it reports. The runner calls
 * what it is given once more, to see whether it is asynchronous, and is given the same run again.
 */
export function benchOnce(title: string, compare: () => Promise<void>): void {
  let running: Promise<void> | null = null;
  const once = (): Promise<void> => (running ??= compare());
  bench(title, once, { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 });
}
