import { describe, expect, it } from 'vitest';
import { thresholdPlane } from '#core/threshold/thresholdPlane';
import { triangleThreshold } from '#core/threshold/triangleThreshold';
import { preprocessingFixtures, uint16Fixture } from '#tests/helpers/algorithmFixtures';
import { noisePlane, planeOf } from '#tests/helpers/planes';

const SIDE = 192;
const IMAGES = preprocessingFixtures().triangle.map((expected) => ({
  expected,
  name: expected.image.file,
  plane: {
    width: SIDE,
    height: SIDE,
    data: Float32Array.from(uint16Fixture(expected.image.file)),
  },
}));

describe('triangleThreshold of whole numbers', () => {
  it.each(IMAGES)('equals Fiji on $name', ({ plane, expected }) => {
    expect(triangleThreshold(plane).threshold).toBe(expected.fiji_threshold);
  });

  it.each(IMAGES)('equals scikit-image on $name', ({ plane, expected }) => {
    const { threshold } = triangleThreshold(plane, { variant: 'scikit-image' });
    expect(threshold).toBe(expected.skimage_uint16);
  });

  it.each(IMAGES.slice(0, 3))('says how much of $name is foreground', ({ plane, expected }) => {
    const { foregroundFraction } = triangleThreshold(plane);
    expect(foregroundFraction * SIDE * SIDE).toBeCloseTo(expected.n_foreground ?? -1, 6);
  });

  it('finds the same split of a negative and a mirrored image', () => {
    const { plane } = IMAGES[0];
    const shifted = planeOf(SIDE, SIDE, (x, y) => plane.data[y * SIDE + x] - 5000);
    const { threshold } = triangleThreshold(plane);
    expect(triangleThreshold(shifted).threshold).toBe(threshold - 5000);
    const negative = planeOf(SIDE, SIDE, (x, y) => -plane.data[y * SIDE + x]);
    const mirrored = triangleThreshold(negative, {
      variant: 'scikit-image',
    }).threshold;
    expect(-mirrored).toBe(triangleThreshold(plane, { variant: 'scikit-image' }).threshold);
  });

  it('takes the lower of two values, and the value of a constant plane', () => {
    const two = planeOf(5, 4, (x) => (x < 2 ? 10 : 90));
    expect(triangleThreshold(two)).toEqual({
      threshold: 10,
      foregroundFraction: 0.6,
      note: null,
    });
    const constant = triangleThreshold(planeOf(5, 4, () => 7));
    expect(constant).toMatchObject({ threshold: 7, foregroundFraction: 0 });
    expect(constant.note).not.toBeNull();
    const scikit = triangleThreshold(
      planeOf(1, 1, () => -3),
      { variant: 'scikit-image' },
    );
    expect(scikit.threshold).toBe(-3);
  });

  it('stays inside the values when the histogram has no tail', () => {
    const ramp = planeOf(8, 1, (x) => [0, 1, 1, 2, 2, 2, 2, 2][x]);
    const { threshold } = triangleThreshold(ramp);
    expect(threshold).toBeGreaterThanOrEqual(0);
    expect(threshold).toBeLessThanOrEqual(2);
  });
});

describe('triangleThreshold of fractions', () => {
  it.each(IMAGES.slice(0, 3))(
    'lies within one of 256 bins of scikit-image on $name',
    ({ plane, expected }) => {
      const range = Math.max(...plane.data) - Math.min(...plane.data);
      // Halving makes most values fractions and leaves the bins where they are.
      const halves = planeOf(SIDE, SIDE, (x, y) => plane.data[y * SIDE + x] / 2);
      const { threshold } = triangleThreshold(halves, {
        variant: 'scikit-image',
      });
      const difference = Math.abs(2 * threshold - (expected.skimage_float256 ?? Infinity));
      expect(difference).toBeLessThanOrEqual(range / 256);
    },
  );

  it('puts the ImageJ threshold on the upper edge of its bin', () => {
    const { plane } = IMAGES[0];
    const halves = planeOf(SIDE, SIDE, (x, y) => plane.data[y * SIDE + x] / 2);
    const lowest = Math.min(...halves.data);
    const binWidth = (Math.max(...halves.data) - lowest) / 256;
    const bins = (triangleThreshold(halves).threshold - lowest) / binWidth;
    expect(bins).toBeCloseTo(Math.round(bins), 6);
    expect(bins).toBeGreaterThan(0);
  });

  it('takes a constant fraction', () => {
    const { threshold } = triangleThreshold(planeOf(3, 3, () => 0.5));
    expect(threshold).toBe(0.5);
  });

  it('bins whole numbers of a huge range like fractions', () => {
    const wide = planeOf(50, 50, (x, y) => Math.round(1e6 * noise.data[y * 50 + x]));
    expect(triangleThreshold(wide).threshold).toBeGreaterThan(Math.min(...wide.data));
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses a plane that holds %d', (bad) => {
    const plane = planeOf(3, 3, (x, y) => (x === 1 && y === 2 ? bad : 1));
    expect(() => triangleThreshold(plane)).toThrow(
      expect.objectContaining({
        tag: 'ImpossibleRequestError',
        details: { x: 1, y: 2 },
      }),
    );
  });
});

describe('thresholdPlane', () => {
  it('marks what lies above the threshold, or what does not on a light background', () => {
    const plane = {
      width: 4,
      height: 1,
      data: Float32Array.of(1, 2, 3, Number.NaN),
    };
    expect([...thresholdPlane(plane.data, 2)]).toEqual([0, 0, 255, 0]);
    expect([...thresholdPlane(plane.data, 2, true)]).toEqual([255, 255, 0, 0]);
  });
});

const noise = noisePlane(50, 50, 8, 1);
