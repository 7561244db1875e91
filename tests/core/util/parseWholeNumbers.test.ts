import { describe, expect, it } from 'vitest';
import { parseWholeNumbers } from '#core/util/parseWholeNumbers';

describe('parseWholeNumbers', () => {
  it.each([
    ['4, 20,36', [4, 20, 36]],
    ['4 20;36', [4, 20, 36]],
    ['0-3', [0, 1, 2, 3]],
    ['9, 3 - 5, 7-7', [9, 3, 4, 5, 7]],
    [' 12 ', [12]],
  ])('reads %j', (text, numbers) => {
    expect(parseWholeNumbers(text)).toEqual(numbers);
  });

  it.each(['', ' , ', '5-3', '-3', '1.5', '1--3', '1-2-3', 'all', '0-99999999'])(
    'takes %j for no list',
    (text) => {
      expect(parseWholeNumbers(text)).toBeNull();
    },
  );
});
