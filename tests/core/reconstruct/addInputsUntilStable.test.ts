import { describe, expect, it } from 'vitest';
import { addInputsUntilStable } from '#core/reconstruct/addInputsUntilStable';

async function usedFor(epsilon: number, inputs = [8, 4, 2, 1]): Promise<readonly number[]> {
  let last: readonly number[] = [];
  const refocus = (some: readonly number[]) => {
    last = some;
    // Each further input changes the plane by half as much as the one before.
    return Promise.resolve(new Float32Array(4).fill(2 - 0.5 ** (some.length - 1)));
  };
  await addInputsUntilStable(inputs, refocus, epsilon);
  return last;
}

describe('addInputsUntilStable', () => {
  it('adds the nearest first and stops when the change is small', async () => {
    expect(await usedFor(0.6)).toEqual([2, 1]);
    expect(await usedFor(0.3)).toEqual([4, 2, 1]);
    expect(await usedFor(0.1)).toEqual([8, 4, 2, 1]);
    expect(await usedFor(0)).toEqual([8, 4, 2, 1]);
  });

  it('takes a single input', async () => {
    expect(await usedFor(1, [3])).toEqual([3]);
  });
});
