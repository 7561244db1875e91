import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolatePlanes } from '#core/reconstruct/interpolatePlanes';
import { zInterpolationWeights } from '#core/reconstruct/zInterpolationWeights';

const methods = ['nearest', 'linear', 'cubic'] as const;

describe('zInterpolationWeights', () => {
  const positions = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), {
    minLength: 1,
    maxLength: 8,
  });

  it.each(methods)(
    'of the %s method add up to one, and take a plane at its own place',
    (method) => {
      fc.assert(
        fc.property(positions, fc.double({ min: -60, max: 60, noNaN: true }), (zUm, target) => {
          const sum = zInterpolationWeights(zUm, target, method).reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(1, 9);
          const own = zInterpolationWeights(zUm, zUm[0], method);
          own.forEach((weight, k) => expect(weight).toBeCloseTo(k === 0 ? 1 : 0, 9));
        }),
      );
    },
  );

  it('take the lower of two planes that are equally near, whatever the last digit says', () => {
    // Planes 8 and 20 of a stack with a step of 0.3 um, seen from plane 14.
    const weights = zInterpolationWeights([8 * 0.3, 20 * 0.3], 14 * 0.3, 'nearest');
    expect([...weights]).toEqual([1, 0]);
    expect([...zInterpolationWeights([6, 2.4], 4.2, 'nearest')]).toEqual([0, 1]);
  });

  it.each(methods)('of the %s method do not depend on the order of the planes', (method) => {
    const zUm = [3, -1, 7, 0.5, 10];
    const sorted = zUm.toSorted((a, b) => a - b);
    const weights = zInterpolationWeights(zUm, 2.2, method);
    const inOrder = zInterpolationWeights(sorted, 2.2, method);
    sorted.forEach((z, k) => expect(weights[zUm.indexOf(z)]).toBeCloseTo(inOrder[k], 12));
  });

  it('reproduces straight lines linearly and cubics by the spline', () => {
    const zUm = [0, 1.5, 2, 4, 7, 8];
    const sum = (method: 'linear' | 'cubic', f: (z: number) => number, at: number): number =>
      zInterpolationWeights(zUm, at, method).reduce((total, w, k) => total + w * f(zUm[k]), 0);
    const line = (z: number): number => 3 - 2 * z;
    const cubic = (z: number): number => z ** 3 - 4 * z ** 2 + z - 5;
    for (const at of [0.3, 1.7, 3, 6.5, 7.9]) {
      expect(sum('linear', line, at)).toBeCloseTo(line(at), 10);
      expect(sum('cubic', cubic, at)).toBeCloseTo(cubic(at), 8);
    }
  });

  it('equals scipy.interpolate.CubicSpline with not-a-knot ends', () => {
    // CubicSpline([0, 1, 2.5, 3, 5], numpy.eye(5))([0.4, 2.7, 4.5]), SciPy 1.10.1
    const expected = [
      [0.432664615385, 0.740923076923, -0.365883076923, 0.193846153846, -0.001550769231],
      [0.007643076923, -0.035384615385, 0.686744615385, 0.343230769231, -0.002233846154],
      [-0.083076923077, 0.384615384615, -2.064615384615, 2.269230769231, 0.493846153846],
    ];
    [0.4, 2.7, 4.5].forEach((target, row) => {
      const weights = zInterpolationWeights([0, 1, 2.5, 3, 5], target, 'cubic');
      weights.forEach((weight, k) => expect(weight).toBeCloseTo(expected[row][k], 10));
    });
  });

  it.each(methods)('of the %s method hold the last plane beyond the range', (method) => {
    for (const weights of [
      zInterpolationWeights([0, 2, 4], 9, method),
      zInterpolationWeights([4, 2, 0], -1, method),
    ]) {
      [0, 0, 1].forEach((expected, k) => expect(weights[k]).toBeCloseTo(expected, 12));
    }
  });

  it.each(methods)('of the %s method share between planes at one place', (method) => {
    const weights = zInterpolationWeights([1, 3, 1], 1, method);
    expect([...weights]).toEqual([0.5, 0, 0.5]);
  });

  it('take the lower of two equally near planes', () => {
    expect([...zInterpolationWeights([2, 0], 1, 'nearest')]).toEqual([0, 1]);
  });

  it('refuse no planes and positions that are not finite', () => {
    expect(() => zInterpolationWeights([], 0, 'linear')).toThrow(RangeError);
    expect(() => zInterpolationWeights([0, NaN], 0, 'linear')).toThrow(RangeError);
    expect(() => zInterpolationWeights([0], Infinity, 'linear')).toThrow(RangeError);
  });
});

describe('interpolatePlanes', () => {
  it('mixes the planes by their weights', () => {
    const planes = [Float32Array.of(0, 10), Float32Array.of(4, 30)];
    expect([...interpolatePlanes(planes, [0, 2], 0.5, 'linear')]).toEqual([1, 15]);
  });

  it('does not let a plane without weight spoil the result', () => {
    const planes = [Float32Array.of(1), Float32Array.of(NaN)];
    expect([...interpolatePlanes(planes, [0, 2], 0, 'linear')]).toEqual([1]);
  });

  it('refuses planes of different size', () => {
    const planes = [new Float32Array(2), new Float32Array(3)];
    expect(() => interpolatePlanes(planes, [0, 1], 0, 'linear')).toThrow(RangeError);
    expect(() => interpolatePlanes(planes.slice(1), [0, 1], 0, 'linear')).toThrow(RangeError);
  });
});
