import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortTitle } from '#renderer/stores/shortTitle';
import { suggestInputs } from '#renderer/stores/suggestInputs';

describe('suggested input planes', () => {
  const reach = (maxSpacingUm: number, beyondUm = 0) => ({ maxSpacingUm, beyondUm });

  it('are as far apart as it takes to reach every plane', () => {
    expect(suggestInputs(41, 0.2, reach(4.4, 0.5))).toEqual([2, 20, 38]);
    expect(suggestInputs(21, 0.2, reach(4.4, 0.5))).toEqual([2, 10, 18]);
    expect(suggestInputs(41, 0.2, reach(4.4))).toEqual([0, 20, 40]);
  });

  it('are no farther apart than the model allows, around the middle', () => {
    expect(suggestInputs(61, 0.2, reach(4, 0.5))).toEqual([10, 30, 50]);
    expect(suggestInputs(61, 0.2, reach(2, 0.5))).toEqual([20, 30, 40]);
    expect(suggestInputs(61, 0.2, reach(4, 0.5), 1)).toEqual([30]);
  });

  it('need neither a spacing nor many planes', () => {
    expect(suggestInputs(21, null, reach(Infinity))).toEqual([3, 10, 17]);
    expect(suggestInputs(1, 0.2, reach(4))).toEqual([0]);
    expect(suggestInputs(2, 0.2, reach(4))).toEqual([0, 1]);
  });

  it('are different planes of the stack, evenly spaced, never farther apart than allowed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 400 }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        (count, step) => {
          const planes = suggestInputs(count, step, reach(4, 0.5));
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
