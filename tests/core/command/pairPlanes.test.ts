import { describe, expect, it } from 'vitest';
import { pairPlanes } from '#core/command/steps/pairPlanes';

describe('pairPlanes', () => {
  it('pairs planes of equal height and leaves the others out', () => {
    const pairs = pairPlanes(
      { count: 3, zUm: [0.3, 0.45, 0.6000004] },
      { count: 3, zUm: [0, 0.3, 0.6] },
    );
    expect(pairs).toEqual([
      { resultIndex: 0, truthIndex: 1 },
      { resultIndex: 2, truthIndex: 2 },
    ]);
  });

  it('pairs by number where heights are unknown and the stacks are equally long', () => {
    expect(pairPlanes({ count: 2, zUm: null }, { count: 2, zUm: [0, 1] })).toHaveLength(2);
    expect(pairPlanes({ count: 2, zUm: null }, { count: 3, zUm: null })).toEqual([]);
  });
});
