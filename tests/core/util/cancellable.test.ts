import { describe, expect, it } from 'vitest';
import { cancellable } from '#core/util/cancellable';
import { AxialError } from '#core/util/errors';

describe('cancellable', () => {
  it('turns whatever is thrown after cancelling into a cancellation', async () => {
    const failing = cancellable(AbortSignal.abort(), () => Promise.reject(new TypeError('x')));
    await expect(failing).rejects.toMatchObject({ tag: 'CancelledError' });
    const finished = cancellable(AbortSignal.abort(), () => Promise.resolve(1));
    await expect(finished).rejects.toMatchObject({ tag: 'CancelledError' });
  });

  it('keeps what a cancellation says already', async () => {
    const told = new AxialError('CancelledError', 'Cancelled.', '', { details: { kept: 3 } });
    const failing = cancellable(AbortSignal.abort(), () => Promise.reject(told));
    await expect(failing).rejects.toBe(told);
  });

  it('leaves other failures alone', async () => {
    await expect(
      cancellable(undefined, () => Promise.reject(new TypeError('x'))),
    ).rejects.toBeInstanceOf(TypeError);
  });
});
