import { describe, expect, it } from 'vitest';
import { rowProducts } from '#core/util/simd/rowProducts';
import { createRandom } from '#core/util/random';

describe('rowProducts', () => {
  it.each([
    [1, 1, 1],
    [2, 4, 6],
    [3, 5, 7],
    [6, 1, 2],
    [1, 9, 13],
  ])('multiplies %i rows with %i others of %i numbers', (rows, others, length) => {
    const random = createRandom(rows + 10 * others + 100 * length);
    const matrix = (count: number) =>
      Float64Array.from({ length: count * length }, () => random.uniform() - 0.5);
    const [a, b] = [matrix(rows), matrix(others)];
    const found = rowProducts(a, b, length);
    expect(found).toHaveLength(rows * others);
    for (let row = 0; row < rows; row++) {
      for (let other = 0; other < others; other++) {
        let sum = 0;
        for (let i = 0; i < length; i++) sum += a[row * length + i] * b[other * length + i];
        expect(found[row * others + other]).toBeCloseTo(sum, 12);
      }
    }
  });

  it('gives nothing for no rows', () => {
    expect(rowProducts(new Float64Array(0), new Float64Array(6), 3)).toHaveLength(0);
  });

  it('refuses rows that are not whole', () => {
    expect(() => rowProducts(new Float64Array(5), new Float64Array(6), 3)).toThrow(RangeError);
    expect(() => rowProducts(new Float64Array(6), new Float64Array(7), 3)).toThrow(RangeError);
  });
});
