import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyNormalisation, undoNormalisation } from '#core/normalise/applyNormalisation';
import { estimateNormalisation } from '#core/normalise/estimateNormalisation';
import { preprocessingFixtures, uint16Fixture } from '#tests/helpers/algorithmFixtures';
import { planeOf } from '#tests/helpers/planes';

const SIDE = 192;
const IMAGES = preprocessingFixtures()
  .triangle.filter(({ background_mean: mean }) => mean !== undefined)
  .map((expected) => ({
    expected,
    name: expected.image.file,
    threshold: expected.fiji_threshold,
    plane: {
      width: SIDE,
      height: SIDE,
      data: Float32Array.from(uint16Fixture(expected.image.file)),
    },
  }));

describe('estimateNormalisation', () => {
  it.each(IMAGES)('follows the papers on $name', ({ plane, threshold, expected }) => {
    const { offset, scale, note } = estimateNormalisation(plane, threshold);
    expect(offset).toBeCloseTo(expected.background_mean ?? 0, 6);
    expect(offset + scale).toBeCloseTo(expected.p99_foreground_linear ?? 0, 6);
    expect(note).toBeNull();
  });

  it.each(IMAGES)(
    'lets one per cent of the foreground of $name exceed 1',
    ({ plane, threshold }) => {
      const normalisation = estimateNormalisation(plane, threshold);
      const { data } = applyNormalisation(plane, normalisation);
      const foreground = data.filter((_, i) => plane.data[i] > threshold);
      const above = foreground.filter((value) => value > 1).length / foreground.length;
      expect(Math.abs(above - 0.01)).toBeLessThan(2 / foreground.length);
      const background = data.filter((_, i) => plane.data[i] <= threshold);
      const mean = background.reduce((sum, value) => sum + value, 0) / background.length;
      expect(Math.abs(mean)).toBeLessThan(1e-6);
      expect(normalisation.foregroundFraction).toBeCloseTo(foreground.length / data.length, 12);
    },
  );

  it.each(IMAGES)('follows the plugin on $name', ({ plane, threshold, expected }) => {
    const { offset, scale } = estimateNormalisation(plane, threshold, 'plugin');
    expect(offset).toBe(expected.median);
    expect(scale).toBe(expected.p99_foreground_index_floor);
  });

  it('takes the percentile of all values when there is no foreground, and says so', () => {
    const ramp = planeOf(101, 1, (x) => x);
    const paper = estimateNormalisation(ramp, 100);
    expect(paper).toMatchObject({ offset: 50, scale: 49, foregroundFraction: 0 });
    expect(paper.note).toMatch(/No foreground/);
    const plugin = estimateNormalisation(ramp, 100, 'plugin');
    expect(plugin).toMatchObject({ offset: 50, scale: 99 });
    expect(plugin.note).toMatch(/No foreground/);
  });

  it('takes the lowest value as offset when there is no background, and says so', () => {
    const paper = estimateNormalisation(
      planeOf(101, 1, (x) => 10 + x),
      5,
    );
    expect(paper).toMatchObject({ offset: 10, scale: 99, foregroundFraction: 1 });
    expect(paper.note).toMatch(/No background/);
  });

  it.each(['paper', 'plugin'] as const)('says that an image is saturated (%s)', (method) => {
    const clipped = planeOf(60, 60, (x, y) => Math.min(255, 8 * x + (y % 7)));
    const { note, offset, scale } = estimateNormalisation(clipped, 100, method);
    expect(note).toMatch(/saturated/);
    const { data } = applyNormalisation(clipped, { offset, scale });
    expect(Math.max(...data)).toBeLessThanOrEqual(1);
    const open = planeOf(60, 60, (x, y) => 60 * x + y);
    expect(estimateNormalisation(open, 100, method).note).toBeNull();
  });

  it.each(['paper', 'plugin'] as const)(
    'refuses images without a positive scale (%s)',
    (method) => {
      const black = planeOf(6, 5, () => 0);
      expect(() => estimateNormalisation(black, 0, method)).toThrow(
        expect.objectContaining({ tag: 'ImpossibleRequestError' }),
      );
    },
  );

  it.each(['paper', 'plugin'] as const)('refuses values that are not finite (%s)', (method) => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const plane = planeOf(6, 5, (x) => (x === 3 ? bad : x));
      expect(() => estimateNormalisation(plane, 2, method)).toThrow(
        expect.objectContaining({ tag: 'ImpossibleRequestError' }),
      );
      expect(() =>
        estimateNormalisation(
          planeOf(6, 5, (x) => x),
          bad,
          method,
        ),
      ).toThrow(expect.objectContaining({ tag: 'ImpossibleRequestError' }));
    }
  });
});

describe('undoNormalisation', () => {
  it('gives back what was normalised, within float precision', () => {
    const value = fc.float({ min: -1e4, max: 1e4, noNaN: true });
    const scale = fc.float({ min: 1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), value, scale, (values, offset, factor) => {
        const plane = { width: values.length, height: 1, data: Float32Array.from(values) };
        const mapping = { offset, scale: factor };
        const { data } = undoNormalisation(applyNormalisation(plane, mapping), mapping);
        data.forEach((restored, i) => expect(Math.abs(restored - values[i])).toBeLessThan(0.005));
      }),
    );
  });
});
