import { describe, expect, it } from 'vitest';
import { msSsim } from '#core/metrics/msSsim';
import { ssim } from '#core/metrics/ssim';
import { float32Fixture, preprocessingFixtures } from '#tests/helpers/algorithmFixtures';
import { noisePlane, planeOf } from '#tests/helpers/planes';

const SIDE = 256;
const EXPECTED = preprocessingFixtures().metrics;
const truth = { width: SIDE, height: SIDE, data: float32Fixture('met_target.raw') };
const result = { width: SIDE, height: SIDE, data: float32Fixture('met_output.raw') };

describe('ssim', () => {
  it('equals scikit-image with the Gaussian window', () => {
    const { value } = ssim(result, truth, 1);
    expect(Math.abs((value ?? 0) - EXPECTED.ssim_gaussian11)).toBeLessThan(1e-6);
  });

  it('is 1 for equal planes, symmetric, and lower for noise', () => {
    const noise = noisePlane(31, 17, 4, 1);
    const other = noisePlane(31, 17, 5, 1);
    expect(ssim(noise, noise, 1).value).toBeCloseTo(1, 12);
    expect(ssim(noise, other, 1).value).toBeCloseTo(ssim(other, noise, 1).value ?? 0, 12);
    expect(ssim(noise, other, 1).value).toBeLessThan(0.3);
  });

  it('equals the formula for two constant planes', () => {
    const [a, b] = [0.25, 0.75];
    const expected = (2 * a * b + 1e-4) / (a * a + b * b + 1e-4);
    const { value } = ssim(
      planeOf(11, 11, () => a),
      planeOf(11, 11, () => b),
      1,
    );
    expect(value).toBeCloseTo(expected, 10);
  });

  it('says "too small" below 11 pixels', () => {
    const small = noisePlane(10, 40, 1);
    expect(ssim(small, small, 1)).toEqual({ value: null, reason: 'too-small' });
    const smallest = noisePlane(11, 11, 1);
    expect(ssim(smallest, smallest, 1).value).toBeCloseTo(1, 12);
  });

  it.each([Number.NaN, Infinity])('says "not finite" for an image that holds %d', (bad) => {
    const damaged = planeOf(20, 20, (x, y) => (x === 9 && y === 9 ? bad : x));
    expect(ssim(damaged, damaged, 1)).toEqual({ value: null, reason: 'not-finite' });
  });

  it('refuses different sizes and a data range that is not positive', () => {
    const noise = noisePlane(20, 30, 1);
    expect(() => ssim(noise, noisePlane(30, 20, 1), 1)).toThrow(
      expect.objectContaining({ tag: 'ImpossibleRequestError' }),
    );
    expect(() => ssim(noise, noise, 0)).toThrow(RangeError);
  });
});

describe('msSsim', () => {
  it('equals TensorFlow on the reference pair', () => {
    const { value } = msSsim(result, truth, 1);
    expect(Math.abs((value ?? 0) - EXPECTED.msssim_tf)).toBeLessThan(1e-5);
  });

  it('takes odd sides', () => {
    const noise = noisePlane(181, 177, 6, 1);
    expect(msSsim(noise, noise, 1).value).toBeCloseTo(1, 12);
  });

  it('counts negative structure as 0', () => {
    const noise = noisePlane(176, 176, 7, 1);
    const negative = planeOf(176, 176, (x, y) => 1 - noise.data[y * 176 + x]);
    expect(msSsim(negative, noise, 1).value).toBe(0);
  });

  it('says "too small" below 176 pixels', () => {
    const small = noisePlane(175, 300, 1);
    expect(msSsim(small, small, 1)).toEqual({ value: null, reason: 'too-small' });
  });

  it('says "not finite" for an image that holds NaN', () => {
    const damaged = planeOf(176, 176, (x) => (x === 9 ? Number.NaN : x));
    expect(msSsim(damaged, damaged, 1)).toEqual({ value: null, reason: 'not-finite' });
  });

  it('refuses a data range that is not positive', () => {
    expect(() => msSsim(result, truth, -1)).toThrow(RangeError);
  });
});
