import { describe, expect, it, vi } from 'vitest';
import { oncePer } from '#core/util/oncePer';

describe('oncePer', () => {
  it('makes one thing of each object, also for those who ask meanwhile', async () => {
    const make = vi.fn((given: { readonly id: number }, factor: number) =>
      Promise.resolve(given.id * factor),
    );
    const made = oncePer(make);
    const [one, other] = [{ id: 1 }, { id: 2 }];
    expect(await Promise.all([made(one, 10), made(one, 10), made(other, 10)])).toEqual([
      10, 10, 20,
    ]);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('tries again after a failure', async () => {
    const make = vi.fn(() => Promise.resolve('well')).mockRejectedValueOnce(new Error('short'));
    const made = oncePer(make);
    const object = {};
    await expect(made(object)).rejects.toThrow('short');
    expect(await made(object)).toBe('well');
  });
});
