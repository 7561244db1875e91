import { describe, expect, it } from 'vitest';
import { readAhead } from '#core/util/readAhead';

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

/** Resolves later the smaller the number, so that results come in the wrong order. */
function slowFirst(index: number): Promise<number> {
  return new Promise((resolve) => setTimeout(() => resolve(index * 10), (5 - (index % 5)) * 2));
}

describe('readAhead', () => {
  it('gives results in order although later ones are ready first', async () => {
    expect(await collect(readAhead(7, 4, slowFirst))).toEqual([0, 10, 20, 30, 40, 50, 60]);
  });

  it('begins no more than it may while nobody takes a result', async () => {
    let begun = 0;
    const results = readAhead(100, 3, (i) => {
      begun++;
      return Promise.resolve(i);
    });
    await results.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(begun).toBe(4);
    await results.return();
    expect(begun).toBe(4);
  });

  it('throws in order, after the others have come to rest', async () => {
    let resting = 0;
    const results = readAhead(5, 5, async (i) => {
      await slowFirst(i);
      resting++;
      if (i >= 1) throw new Error(`failed at ${i}`);
      return i;
    });
    const seen: number[] = [];
    const all = (async () => {
      for await (const i of results) seen.push(i);
    })();
    await expect(all).rejects.toThrow('failed at 1');
    expect(seen).toEqual([0]);
    expect(resting).toBe(5);
  });

  it('gives nothing when there is nothing, and makes progress with no allowance', async () => {
    expect(await collect(readAhead(0, 3, slowFirst))).toEqual([]);
    expect(await collect(readAhead(2, 0, slowFirst))).toEqual([0, 10]);
  });
});
