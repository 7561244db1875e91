import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortTitle } from '#renderer/stores/shortTitle';
import { suggestInputs } from '#renderer/stores/suggestInputs';

describe('suggested input planes', () => {
  it('are three in the middle, as far apart as the model allows', () => {
    expect(suggestInputs(61, 0.2, 4)).toEqual([10, 30, 50]);
    expect(suggestInputs(61, 0.2, 2)).toEqual([20, 30, 40]);
    expect(suggestInputs(41, 0.2, 3.6)).toEqual([7, 20, 33]);
  });

  it('need neither a spacing nor many planes', () => {
    expect(suggestInputs(21, null, Infinity)).toEqual([4, 10, 16]);
    expect(suggestInputs(1, 0.2, 4)).toEqual([0]);
    expect(suggestInputs(2, 0.2, 4)).toEqual([0, 1]);
  });

  it('are different planes of the stack, evenly spaced, never farther apart than allowed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 400 }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        (count, step) => {
          const planes = suggestInputs(count, step, 4);
          const gaps = planes.slice(1).map((plane, i) => plane - planes[i]!);
          expect(
            planes.every((plane) => Number.isInteger(plane) && plane >= 0 && plane < count),
          ).toBe(true);
          expect(gaps[0]).toBe(gaps[1]);
          expect(gaps[0]).toBeGreaterThan(0);
          if (step < 4) expect(gaps[0]! * step).toBeLessThanOrEqual(4.0001);
        },
      ),
    );
  });
});

describe('the title of a tab', () => {
  it('tells what was done last to an open image', () => {
    const names = ['a.tif', 'a.tif aligned', 'a.tif aligned EDF'];
    expect(names.map((name) => shortTitle(name, names))).toEqual(['a.tif', '↳ aligned', '↳ EDF']);
  });

  it('is the whole name when the image that it came from is closed', () => {
    expect(shortTitle('a.tif aligned', ['a.tif aligned', 'b.tif'])).toBe('a.tif aligned');
  });
});
