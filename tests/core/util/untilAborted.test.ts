import { describe, expect, it } from 'vitest';
import { untilAborted } from '#core/util/untilAborted';

const CANCELLED = { tag: 'CancelledError' };

describe('untilAborted', () => {
  it('gives what the work gives, or how it fails', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve(7), signal)).toBe(7);
    await expect(untilAborted(Promise.reject(new Error('short')), signal)).rejects.toThrow('short');
  });

  it('lets go of work that goes on', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(new Promise(() => undefined), controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject(CANCELLED);
  });

  it('lets nobody hear of a failure after that', async () => {
    const failing = Promise.reject(new Error('short'));
    await expect(untilAborted(failing, AbortSignal.abort())).rejects.toMatchObject(CANCELLED);
    // An unhandled rejection would fail the run.
    await new Promise((resolve) => setTimeout(resolve));
  });
});
