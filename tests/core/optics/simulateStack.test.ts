import { expose } from '#core/optics/expose';
import type { NucleiOptions } from '#core/optics/nuclei';
import { nuclei } from '#core/optics/nuclei';
import { nucleiSample } from '#core/optics/nucleiSample';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { simulateStack } from '#core/optics/simulateStack';
import type { VoxelGrid } from '#core/optics/VoxelGrid';
import { randomTrainingVolume } from '#core/optics/trainingDomain';
import { createRandom } from '#core/util/random';
import { describe, expect, it } from 'vitest';

const SMALL: SimulationOptions = {
  seed: 5,
  width: 33,
  height: 20,
  planes: 7,
  pixelSizeUm: 0.12,
  zStepUm: 0.3,
  system: { numericalAperture: 1.4, emissionUm: 0.5, immersionIndex: 1.515, specimenIndex: 1.45 },
  depthUm: 1,
  specimen: { kind: 'nuclei', radiusUm: 1.2, filling: 0.2 },
  light: { photons: 300, background: 0.1, haze: 0.1 },
  camera: { gain: 4, offset: 200, readNoiseElectrons: 2 },
  marginUm: 1.5,
  zMarginUm: 0.9,
};

describe('simulateStack', () => {
  it('gives the same pixels for the same seed, and others for another', () => {
    const one = simulateStack(SMALL);
    const again = simulateStack(SMALL);
    const other = simulateStack({ ...SMALL, seed: 6 });
    expect(one.noisy).toEqual(again.noisy);
    expect(one.clean).toEqual(again.clean);
    expect(one.specimen).not.toEqual(other.specimen);
  });

  it('keeps the specimen when only light and camera change', () => {
    const dim = simulateStack({ ...SMALL, light: { photons: 20 }, camera: { gain: 1 } });
    expect(dim.specimen).toEqual(simulateStack(SMALL).specimen);
  });

  it('has the asked size, and noise about the clean planes of the variance that photons have', () => {
    const { noisy, clean } = simulateStack(SMALL);
    expect(noisy).toHaveLength(7);
    let chiSquare = 0;
    let sum = 0;
    for (let z = 0; z < 7; z++) {
      expect(noisy[z]).toHaveLength(33 * 20);
      for (let i = 0; i < 33 * 20; i++) {
        const expected = clean[z]![i]!;
        const variance = 16 * ((expected - 200) / 4 + 4) + 1 / 12;
        sum += (noisy[z]![i]! - expected) / Math.sqrt(variance);
        chiSquare += (noisy[z]![i]! - expected) ** 2 / variance;
      }
    }
    const count = 7 * 33 * 20;
    expect(Math.abs(sum)).toBeLessThan(4 * Math.sqrt(count));
    expect(Math.abs(chiSquare - count)).toBeLessThan(4.5 * Math.sqrt(2 * count));
  });

  it('puts background and bright parts where the options say', () => {
    const { clean } = simulateStack({ ...SMALL, light: { photons: 300, background: 0.1 } });
    const values = clean.flatMap((plane) => [...plane]).sort((a, b) => a - b);
    const bright = values[Math.ceil(0.99 * values.length) - 1]!;
    expect((bright - 200) / 4).toBeCloseTo(330, 2);
    expect((values[0]! - 200) / 4).toBeGreaterThanOrEqual(29.99);
  });

  it('makes one pixel in one plane', () => {
    const { noisy } = simulateStack({ ...SMALL, width: 1, height: 1, planes: 1 });
    expect(noisy.map((plane) => plane.length)).toEqual([1]);
  });

  it.each([{ width: 0 }, { planes: 1.5 }, { height: NaN }, { pixelSizeUm: 0 }, { zStepUm: -1 }])(
    'refuses %o',
    (change) => {
      expect(() => simulateStack({ ...SMALL, ...change })).toThrow(RangeError);
    },
  );

  it('stops when cancelled', () => {
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    expect(() => simulateStack(SMALL, { signal: controller.signal })).toThrow('stop');
  });
});

describe('nuclei', () => {
  const grid: VoxelGrid = {
    width: 64,
    height: 48,
    planes: 20,
    voxelUm: [0.12, 0.12, 0.3],
    originUm: [0, 0, 0],
  };

  function painted(seed: number, options: NucleiOptions, on = grid): Float32Array[] {
    const planes = Array.from({ length: on.planes }, () => new Float32Array(64 * 48));
    nuclei(seed, options, [64 * 0.12, 48 * 0.12, on.planes * 0.3]).paint(planes, on);
    return planes;
  }

  it('fills about the asked share of the volume with density of about 1', () => {
    const planes = painted(3, {
      kind: 'nuclei',
      radiusUm: 0.8,
      filling: 0.15,
      nucleoli: 0,
      foci: 0,
    });
    const values = planes.flatMap((plane) => [...plane]);
    const inside = values.filter((value) => value > 0.3);
    expect(inside.length / values.length).toBeGreaterThan(0.07);
    expect(inside.length / values.length).toBeLessThan(0.22);
    const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
    expect(mean).toBeGreaterThan(0.6);
    expect(mean).toBeLessThan(1.7);
    expect(Math.min(...values)).toBe(0);
  });

  it('puts a nucleus near the middle even when hardly anything is to be filled', () => {
    for (let seed = 0; seed < 5; seed++) {
      const planes = painted(seed, { kind: 'nuclei', radiusUm: 1.5, filling: 0 });
      const middle = planes[10]!;
      let sum = 0;
      for (let y = 16; y < 32; y++) for (let x = 20; x < 44; x++) sum += middle[y * 64 + x]!;
      expect(sum).toBeGreaterThan(0);
    }
  });

  it('keeps a layer within its thickness', () => {
    const deep = { ...grid, planes: 60 };
    const planes = painted(2, { kind: 'nuclei', radiusUm: 0.6, filling: 0.2, layerUm: 1 }, deep);
    const light = planes.map((plane) => plane.reduce((sum, value) => sum + value, 0));
    expect(Math.max(...light.slice(0, 15), ...light.slice(-15))).toBe(0);
    expect(Math.max(...light)).toBeGreaterThan(0);
  });
});

describe('expose', () => {
  it('has mean and variance of photons, read noise and gain', () => {
    const electrons = new Float32Array(60_000).fill(120);
    const { noisy, clean } = expose(
      electrons,
      { gain: 5, offset: 300, readNoiseElectrons: 3 },
      createRandom(9),
    );
    const mean = noisy.reduce((sum, value) => sum + value, 0) / noisy.length;
    const variance = noisy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noisy.length;
    const expectedVariance = 25 * (120 + 9) + 1 / 12;
    expect(clean[0]).toBe(900);
    expect(Math.abs(mean - 900)).toBeLessThan(4 * Math.sqrt(expectedVariance / noisy.length));
    expect(Math.abs(variance / expectedVariance - 1)).toBeLessThan(4 * Math.sqrt(2 / noisy.length));
  });

  it('saturates at the bit depth and never falls below 0', () => {
    const electrons = Float32Array.from([0, 1e6]);
    const { noisy } = expose(
      electrons,
      { offset: 0, bitDepth: 12, readNoiseElectrons: 0 },
      createRandom(1),
    );
    expect([...noisy]).toEqual([0, 4095]);
  });

  it.each([
    { gain: 0 },
    { gain: NaN },
    { offset: -1 },
    { readNoiseElectrons: -1 },
    { bitDepth: 17 },
  ])('refuses %o', (camera) => {
    expect(() => expose(new Float32Array(1), camera, createRandom(1))).toThrow(RangeError);
  });
});

describe('randomTrainingVolume', () => {
  it('stays in the domain that the model card states', () => {
    for (let seed = 0; seed < 300; seed++) {
      const options = randomTrainingVolume(seed);
      const { system, light, specimen } = options;
      const within = (value: number, low: number, high: number): void => {
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      };
      within(options.pixelSizeUm, 0.08, 0.13);
      within(options.zStepUm, 0.2, 0.3);
      within(system.numericalAperture, 1.3, 1.45);
      within(system.emissionUm, 0.45, 0.62);
      within(options.depthUm ?? 0, 0, 5);
      within(specimen.kind === 'nuclei' ? specimen.radiusUm : NaN, 0.5, 5);
      within(light.background ?? 0, 0, 0.4);
      within(light.photons, 60, 600);
    }
  });

  it('depends on the seed alone', () => {
    expect(randomTrainingVolume(4)).toEqual(randomTrainingVolume(4));
    expect(randomTrainingVolume(4)).not.toEqual(randomTrainingVolume(5));
  });
});

describe('nucleiSample', () => {
  it('is a small stack through the default optics when told so', () => {
    const options = nucleiSample({ width: 40, height: 30, planes: 3 });
    expect(simulateStack(options).noisy).toHaveLength(3);
    expect(options.pixelSizeUm).toBe(0.1);
    expect(options.zStepUm).toBe(0.2);
    expect(options.system.numericalAperture).toBe(1.4);
  });
});
