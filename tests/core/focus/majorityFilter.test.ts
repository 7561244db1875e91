import { describe, expect, it } from 'vitest';
import { majorityFilter } from '#core/focus/majorityFilter';

/** A band of 5 x 5 inside a layout of 7 columns, the first `sevens` places holding 7, the others `rest`. */
function layoutWith(sevens: number, rest: (place: number) => number): Uint16Array {
  const layout = new Uint16Array(7 * 7).fill(99);
  for (let place = 0; place < 25; place++) {
    const at = (1 + Math.floor(place / 5)) * 7 + 1 + (place % 5);
    layout[at] = place < sevens ? 7 : rest(place);
  }
  return layout;
}
const BAND = { left: 1, top: 1, width: 5, height: 5 };
const CENTRE = 3 * 7 + 3;

describe('majorityFilter', () => {
  it('lets 13 of 25 places outvote the centre', () => {
    const layout = layoutWith(13, (place) => 10 + place);
    layout[CENTRE] = 50;
    layout[5 * 7 + 5] = 7;
    majorityFilter(layout, 7, BAND);
    expect(layout[CENTRE]).toBe(7);
  });

  it('leaves the centre alone when no plane has more than half of the places', () => {
    const layout = layoutWith(12, () => 3);
    layout[5 * 7 + 5] = 4;
    const before = layout[CENTRE];
    majorityFilter(layout, 7, BAND);
    expect(layout[CENTRE]).toBe(before);
  });

  it('touches nothing outside the band', () => {
    const layout = layoutWith(25, () => 0);
    majorityFilter(layout, 7, BAND);
    expect(layout.filter((value) => value === 99)).toHaveLength(24);
  });

  it('takes bands of a single coefficient', () => {
    const layout = Uint16Array.of(1, 2, 3, 4);
    majorityFilter(layout, 2, { left: 1, top: 1, width: 1, height: 1 });
    expect([...layout]).toEqual([1, 2, 3, 4]);
  });
});
