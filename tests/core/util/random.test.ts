import { createRandom } from '#core/util/random';
import { describe, expect, it } from 'vitest';

const SAMPLES = 40_000;

function draw(next: () => number): { mean: number; variance: number; values: number[] } {
  const values = Array.from({ length: SAMPLES }, next);
  const mean = values.reduce((sum, value) => sum + value, 0) / SAMPLES;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (SAMPLES - 1);
  return { mean, variance, values };
}

/** Probabilities of 0 … count - 1 under a Poisson law, by the recurrence of its terms. */
function poissonLaw(mean: number, count: number): number[] {
  const law = [Math.exp(-mean)];
  for (let k = 1; k < count; k++) law.push((law[k - 1]! * mean) / k);
  return law;
}

describe('createRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const list = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.uniform());
    };
    expect(list(7)).toEqual(list(7));
    expect(list(7)).not.toEqual(list(8));
    expect(list(7)).not.toEqual(list(7 + 2 ** 33));
    expect(list(-7)).not.toEqual(list(7));
  });

  it('draws uniform numbers evenly from [0, 1)', () => {
    const random = createRandom(1);
    const bins = new Array<number>(20).fill(0);
    for (let i = 0; i < SAMPLES; i++) {
      const value = random.uniform();
      expect(value >= 0 && value < 1).toBe(true);
      bins[Math.floor(value * 20)]! += 1;
    }
    const expected = SAMPLES / 20;
    const chiSquare = bins.reduce((sum, bin) => sum + (bin - expected) ** 2 / expected, 0);
    // 99.9th percentile of chi-square with 19 degrees of freedom.
    expect(chiSquare).toBeLessThan(43.8);
  });

  it('gives neighbouring seeds unrelated first numbers', () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => createRandom(seed).uniform());
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    let covariance = 0;
    for (let i = 1; i < firsts.length; i++) {
      covariance += (firsts[i]! - mean) * (firsts[i - 1]! - mean);
    }
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.025);
    expect(Math.abs((covariance * 12) / firsts.length)).toBeLessThan(0.1);
  });

  it('draws normal numbers of mean 0, variance 1 and the right tails', () => {
    const random = createRandom(2);
    const { mean, variance, values } = draw(() => random.normal());
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(SAMPLES));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / SAMPLES));
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / SAMPLES;
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.005);
  });

  it.each([0.3, 4, 29.9, 30, 57, 250])('draws Poisson numbers of mean %d by their law', (mean) => {
    const random = createRandom(3);
    const { values } = draw(() => random.poisson(mean));
    const law = poissonLaw(mean, Math.ceil(mean + 12 * Math.sqrt(mean) + 12));
    const counts = new Array<number>(law.length).fill(0);
    for (const value of values) counts[value]! += 1;
    let chiSquare = 0;
    let bins = 0;
    for (let k = 0; k < law.length; k++) {
      const expected = law[k]! * SAMPLES;
      if (expected < 10) continue;
      chiSquare += (counts[k]! - expected) ** 2 / expected;
      bins++;
    }
    // Mean plus four standard deviations of chi-square.
    expect(chiSquare).toBeLessThan(bins + 4 * Math.sqrt(2 * bins));
  });

  it('draws nothing from a Poisson law of mean 0 and refuses negative means and NaN', () => {
    const random = createRandom(4);
    expect(random.poisson(0)).toBe(0);
    expect(() => random.poisson(-1)).toThrow(RangeError);
    expect(() => random.poisson(NaN)).toThrow(RangeError);
  });

  it('keeps whole numbers and ranges inside their bounds', () => {
    const random = createRandom(5);
    for (let i = 0; i < 1000; i++) {
      expect([0, 1, 2]).toContain(random.below(3));
      const level = random.logBetween(60, 600);
      expect(level >= 60 && level < 600).toBe(true);
      const share = random.between(-2, 3);
      expect(share >= -2 && share < 3).toBe(true);
    }
  });

  it('refuses a seed that is not finite', () => {
    expect(() => createRandom(NaN)).toThrow(RangeError);
    expect(() => createRandom(Infinity)).toThrow(RangeError);
  });
});
