import { describe, expect, it, vi } from 'vitest';
import { latestOf } from '#core/util/latestOf';

describe('latestOf', () => {
  it('gives the same thing to all who ask for the same', () => {
    const make = vi.fn(({ width }: { width: number }, factor: number) => [width * factor]);
    const made = latestOf(2, make);
    const first = made({ width: 3 }, 10);
    expect(first).toEqual([30]);
    expect(made({ width: 4 }, 10)).toEqual([40]);
    expect(made({ width: 3 }, 10)).toBe(first);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('lets go of what was not asked for the longest', () => {
    const make = vi.fn((key: string) => key.length);
    const made = latestOf(2, make);
    for (const key of ['one', 'three', 'one', 'seven', 'one', 'three']) made(key);
    expect(make.mock.calls.map(([key]) => key)).toEqual(['one', 'three', 'seven', 'three']);
  });

  it('keeps nothing of what could not be made', () => {
    const make = vi
      .fn((key: number) => key)
      .mockImplementationOnce(() => {
        throw new RangeError('too short');
      });
    const made = latestOf(1, make);
    expect(() => made(1)).toThrow('too short');
    expect(made(1)).toBe(1);
  });
});
