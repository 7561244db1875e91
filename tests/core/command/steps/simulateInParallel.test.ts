import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { simulateInParallel, simulateTruth } from '#core/command/steps/simulateInParallel';
import type { Progress } from '#core/command/CommandContext';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { simulateStack } from '#core/optics/simulateStack';
import { describe, expect, it } from 'vitest';

const OPTIONS: SimulationOptions = {
  seed: 3,
  width: 40,
  height: 30,
  planes: 6,
  pixelSizeUm: 0.1,
  zStepUm: 0.2,
  system: { numericalAperture: 1.4, emissionUm: 0.5, immersionIndex: 1.515, specimenIndex: 1.46 },
  specimen: { kind: 'filaments', lengthPerUm3: 1 },
  light: { photons: 300, haze: 0.2, bleaching: 0.3, vignetting: 0.2 },
  stage: { driftUm: [0.3, 0.1], jitterUm: 0.02 },
  marginUm: 2,
  zMarginUm: 1,
};

function contextOf(signal = new AbortController().signal) {
  const heard: Progress[] = [];
  const context = {
    signal,
    tasks: inlineTaskRunner(),
    progress: (progress: Progress) => void heard.push(progress),
  };
  return { context, heard };
}

describe('simulateInParallel', () => {
  it('gives what the simulation in one piece gives', async () => {
    const whole = simulateStack(OPTIONS);
    const { context } = contextOf();
    const { noisy, clean } = await simulateInParallel(context, OPTIONS);
    expect(noisy).toEqual(whole.noisy);
    expect(clean).toEqual(whole.clean);
    expect(await simulateTruth(context.tasks, OPTIONS)).toEqual(whole.specimen);
  });

  it('gives what the simulation in one piece gives with aberrations too', async () => {
    const options = { ...OPTIONS, aberrations: { coma: 0.1, spherical: 0.05 } };
    const { noisy, clean } = await simulateInParallel(contextOf().context, options);
    const whole = simulateStack(options);
    expect(noisy).toEqual(whole.noisy);
    expect(clean).toEqual(whole.clean);
    expect(clean).not.toEqual(simulateStack(OPTIONS).clean);
  });

  it('tells how far it is, never backwards, to the end', async () => {
    const { context, heard } = contextOf();
    await simulateInParallel(context, OPTIONS);
    const fractions = heard.map(({ fraction }) => fraction ?? NaN);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeCloseTo(1, 6);
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const { context, heard } = contextOf(controller.signal);
    const progress = (one: Progress): void => {
      context.progress(one);
      if (heard.length === 4) controller.abort(new Error('stop'));
    };
    await expect(simulateInParallel({ ...context, progress }, OPTIONS)).rejects.toThrow('stop');
    expect(heard.length).toBeLessThan(8);
  });
});

describe('light and stage', () => {
  const still = { ...OPTIONS, stage: {}, light: { photons: 300, background: 0 } };

  it('bleaches evenly in the logarithm, to the stated share', () => {
    const kept = simulateStack(still).clean;
    const bleached = simulateStack({ ...still, light: { ...still.light, bleaching: 0.5 } }).clean;
    const share = (z: number): number => {
      const sum = (plane: Float32Array): number => plane.reduce((all, v) => all + v - 100, 0);
      return sum(bleached[z]!) / sum(kept[z]!);
    };
    expect(share(0)).toBeCloseTo(1, 5);
    expect(share(5)).toBeCloseTo(0.5, 4);
    expect(share(2)).toBeCloseTo(0.5 ** 0.4, 4);
  });

  it('darkens the corners by the stated share', () => {
    const even = {
      ...still,
      light: { photons: 300, background: 1 },
      specimen: { kind: 'beads' as const, diameterUm: 0.05, perThousandUm3: 0 },
    };
    const lit = simulateStack(even).clean[0]!;
    const dim = simulateStack({ ...even, light: { ...even.light, vignetting: 0.4 } }).clean[0]!;
    const passed = (i: number): number => (dim[i]! - 100) / (lit[i]! - 100);
    expect(passed(15 * 40 + 20)).toBeCloseTo(1, 2);
    expect(passed(0)).toBeGreaterThan(0.6);
    expect(passed(0)).toBeLessThan(0.64);
  });

  it('drifts by the stated length', () => {
    // One micrometre is ten pixels: the last plane shows what the still one shows ten pixels further left.
    const moved = simulateStack({ ...still, stage: { driftUm: [1, 0] } }).clean[5]!;
    const there = simulateStack(still).clean[5]!;
    for (let y = 0; y < 30; y += 7) {
      for (let x = 12; x < 40; x += 5) {
        const shown = (moved[y * 40 + x]! - 100) / (there[y * 40 + x - 10]! - 100);
        // Brightness is set by the brightest part of what shows, which drift changes.
        expect(shown).toBeCloseTo((moved[12]! - 100) / (there[2]! - 100), 2);
      }
    }
  });
});
