import { describe, expect, it } from 'vitest';
import { tellMean } from '#core/util/tellMean';

describe('tellMean', () => {
  it('tells the mean of all pieces whenever one gets on', () => {
    const told: number[] = [];
    const [one, other] = tellMean(2, (fraction) => told.push(fraction));
    one!(0.5);
    other!(1);
    one!(1);
    expect(told).toEqual([0.25, 0.75, 1]);
  });

  it('has nothing to tell of no pieces', () => {
    expect(tellMean(0, () => {})).toEqual([]);
  });
});
