import { describe, expect, it } from 'vitest';
import { applyProcessing } from '#core/network/zoo/applyProcessing';
import type { ProcessingStep } from '#core/network/zoo/ProcessingStep';

const image = Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
const after = (...steps: ProcessingStep[]) => [...applyProcessing(image, steps)];

describe('applyProcessing', () => {
  it('leaves the samples that it is given alone', () => {
    const given = image.slice();
    applyProcessing(given, [{ op: 'sigmoid' }]);
    expect(given).toEqual(image);
  });

  it('brings mean and deviation to 0 and 1', () => {
    const result = after({ op: 'zeroMeanUnitVariance', eps: 1e-6 });
    // The variance of 0 to 10 is (11² - 1) / 12.
    expect(result[10]).toBeCloseTo(5 / Math.sqrt(10), 5);
    expect(result[5]).toBeCloseTo(0, 6);
  });

  it('scales between percentiles, and clips at values and at shares', () => {
    const range = { op: 'scaleRange', low: 0.1, high: 0.9, eps: 1e-6, ofInput: false } as const;
    expect(after(range)[1]).toBeCloseTo(0, 5);
    expect(after(range)[9]).toBeCloseTo(1, 5);
    expect(after({ op: 'clip', min: { value: 2.5 }, max: null }).slice(1, 4)).toEqual([
      2.5, 2.5, 3,
    ]);
    // The smallest sample that at least 90 % do not exceed.
    expect(Math.max(...after({ op: 'clip', min: null, max: { fraction: 0.9 } }))).toBe(9);
  });

  it('takes every figure of the image as it came', () => {
    const clip = { op: 'clip', min: { value: 0 }, max: { value: 5 } } as const;
    const range = { op: 'scaleRange', low: 0, high: 1, eps: 1e-6, ofInput: false } as const;
    expect(Math.max(...after(clip, range))).toBeCloseTo(0.5, 5);
  });

  it('gives a result mean and deviation of the input, or scales it by those of the input', () => {
    const made = image.map((value) => 3 * value - 7);
    const restored = applyProcessing(made, [{ op: 'scaleMeanVariance', eps: 1e-6 }], image);
    restored.forEach((value, i) => expect(value).toBeCloseTo(image[i], 4));
    const range = { op: 'scaleRange', low: 0, high: 1, eps: 1e-6, ofInput: true } as const;
    expect(applyProcessing(made, [range], image)[10]).toBeCloseTo(2.3, 5);
  });

  it('makes masks and squashes', () => {
    expect(after({ op: 'binarize', threshold: 8 }).slice(7)).toEqual([0, 0, 1, 1]);
    expect(after({ op: 'sigmoid' })[0]).toBe(0.5);
  });
});
