import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMicrometres } from '#core/io/units/toMicrometres';
import { toSeconds } from '#core/io/units/toSeconds';
import { uniformStep } from '#core/io/units/uniformStep';

describe('toMicrometres', () => {
  it.each([
    [65, 'nm', 0.065],
    [103, 'nm', 0.103],
    [1, 'µm', 1],
    [1, 'μm', 1],
    [1, 'Âµm', 1],
    [1, '\ufffdm', 1],
    [1, 'micron', 1],
    [1, 'Micrometer', 1],
    [2, 'mm', 2000],
    [1, 'inch', 25400],
    [10, 'Å', 0.001],
    [10, 'Å', 0.001],
  ])('makes %s %s %s um, exactly', (value, unit, expected) => {
    expect(toMicrometres(value, unit)).toBe(expected);
  });

  it.each(['pixel', 'pixels', '', ' ', 'reference frame', 'Mm', 'UM', 'parsecs', 'toString'])(
    'knows no length in "%s"',
    (unit) => {
      expect(toMicrometres(1, unit)).toBeNull();
    },
  );

  it('gives nothing for what is no number', () => {
    expect(toMicrometres(Number.NaN, 'um')).toBeNull();
    expect(toMicrometres(Infinity, 'um')).toBeNull();
  });
});

describe('toSeconds', () => {
  it.each([
    [100, 'ms', 0.1],
    [1, 'µs', 1e-6],
    [3, 'sec', 3],
    [2, 'min', 120],
    [1, 'h', 3600],
  ])('makes %s %s %s s', (value, unit, expected) => {
    expect(toSeconds(value, unit)).toBe(expected);
  });

  it('knows no time in other words', () => {
    expect(toSeconds(1, 'frames')).toBeNull();
    expect(toSeconds(Number.NaN, 's')).toBeNull();
  });
});

describe('uniformStep', () => {
  it('finds the step of even positions, whatever its sign', () => {
    const step = fc.double({ min: 0.01, max: 100, noNaN: true });
    const first = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(step, first, fc.integer({ min: 2, max: 50 }), fc.boolean(), (s, at, n, down) => {
        const signed = down ? -s : s;
        const found = uniformStep(Array.from({ length: n }, (_, i) => at + i * signed));
        expect(found).toBeCloseTo(signed, 9);
      }),
    );
  });

  it('accepts a thousandth of a step and no more', () => {
    expect(uniformStep([0, 1.0009, 2])).toBe(1);
    expect(uniformStep([0, 1.0011, 2])).toBeNull();
  });

  it('finds none in one position, in none, or among NaN', () => {
    expect(uniformStep([3])).toBeNull();
    expect(uniformStep([])).toBeNull();
    expect(uniformStep([0, Number.NaN, 2])).toBeNull();
    expect(uniformStep([0, 1, Number.NaN])).toBeNull();
  });

  it('is 0 where all positions are the same', () => {
    expect(uniformStep([4, 4, 4])).toBe(0);
  });
});
