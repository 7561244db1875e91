import { describe, expect, it } from 'vitest';
import { fitSpecimen, type SpecimenModel } from '#core/optics/fit/fitSpecimen';
import { fittedOptics } from '#core/optics/fit/fittedOptics';
import { specimenImage } from '#core/optics/fit/specimenImage';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { simulateStack } from '#core/optics/simulateStack';
import { TRAINING_DOMAINS } from '#core/optics/trainingDomains';
import { usualSpecimen, type SpecimenKind } from '#core/optics/usualSpecimen';

const SIZE = { width: 96, height: 88 };
const INPUTS = [2, 12, 22];
const Z_STEP_UM = 0.22;
const STATED = { numericalAperture: 1.4, immersionIndex: 1.515, emissionUm: 0.51 };

/** A stack as `axial simulate` makes it. */
function stackOf(kind: SpecimenKind, seed: number, optics: Partial<OpticalSystem> = {}) {
  const { noisy, clean } = simulateStack({
    ...{ ...SIZE, seed, planes: 25, pixelSizeUm: 0.11, zStepUm: Z_STEP_UM },
    system: { ...STATED, specimenIndex: 1.46, ...optics },
    specimen: usualSpecimen(kind),
    light: { photons: 300, background: 0.06 },
  });
  return { noisy: noisy.map((plane) => Float32Array.from(plane)), clean };
}

function fitted({ noisy }: ReturnType<typeof stackOf>, model: SpecimenModel, steps: number) {
  const zUm = INPUTS.map((z) => z * Z_STEP_UM);
  return fitSpecimen({
    ...{ ...SIZE, pixelSizeUm: { x: 0.11, y: 0.11 }, zUm, steps, model },
    planes: INPUTS.map((z) => noisy[z]),
    rangeUm: [zUm[0], zUm[2]] as const,
    ...fittedOptics(model, STATED),
  });
}

/** Error of the planes half-way between the inputs, as level in dB. */
function errorDb(stack: ReturnType<typeof stackOf>, model: SpecimenModel, steps: number): number {
  const specimen = fitted(stack, model, steps);
  const levels = [6, 7, 8, 16, 17, 18].map((z) => {
    const image = specimenImage({ specimen, zUm: z * Z_STEP_UM });
    const squares = image.reduce((sum, value, i) => sum + (value - stack.clean[z][i]) ** 2, 0);
    return 10 * Math.log10(squares / image.length);
  });
  return levels.reduce((sum, level) => sum + level, 0) / levels.length;
}

describe('ways to look for layers of light', () => {
  it('brings planes between the inputs nearer with grains, on average', () => {
    const stacks = [
      ['nuclei', 31],
      ['nuclei', 34],
      ['neurons', 33],
      ['neurons', 35],
      ['mitochondria', 32],
    ] as const;
    const gains = stacks.map(([kind, seed]) => {
      const stack = stackOf(kind, seed);
      return errorDb(stack, 'layers', 28) - errorDb(stack, 'grains', 48);
    });
    expect(gains.reduce((sum, gain) => sum + gain, 0) / gains.length).toBeGreaterThan(0.25);
    expect(Math.min(...gains)).toBeGreaterThan(-0.4);
  });

  it('brings threads between the inputs nearer than a search that takes everything for bodies', () => {
    const stacks = [
      ['mitochondria', 36, 0.5],
      ['mitochondria', 37, 0.5],
      ['filaments', 39, 0.3],
    ] as const;
    for (const [kind, seed, leastDb] of stacks) {
      const stack = stackOf(kind, seed);
      const gain = errorDb(stack, 'layers', 28) - errorDb(stack, 'grains', 48);
      expect(gain).toBeGreaterThan(leastDb);
    }
  });

  it('makes threads of points and bodies of grains', () => {
    const grainUm = (kind: SpecimenKind, seed: number): number => {
      const specimen = fitted(stackOf(kind, seed), 'grains', 12);
      return specimen.kind === 'layers' ? (specimen.field.grainUm ?? NaN) : NaN;
    };
    expect(grainUm('filaments', 38)).toBe(0);
    expect(grainUm('nuclei', 34)).toBeGreaterThan((0.2 * 0.51) / 1.4);
  });

  it('stays with what a single plane shows, also where coarse samples are wider than it resolves', () => {
    const options = TRAINING_DOMAINS.get('nuclei20')!(700006, { width: 128, height: 128 });
    const { noisy } = simulateStack(options);
    const plane = Float32Array.from(noisy[20]);
    const { pixelSizeUm, zStepUm, system } = options;
    const zUm = 20 * zStepUm;
    const specimen = fitSpecimen({
      ...{ width: 128, height: 128, pixelSizeUm: { x: pixelSizeUm, y: pixelSizeUm } },
      ...{ planes: [plane], zUm: [zUm], rangeUm: [zUm - 3, zUm + 3], steps: 48, model: 'grains' },
      ...fittedOptics('grains', system),
    });
    const [least, most] = [Math.min(...plane), Math.max(...plane)];
    for (const away of [-3, 0, 3]) {
      for (const value of specimenImage({ specimen, zUm: zUm + away })) {
        expect(value).toBeGreaterThan(0.5 * least);
        expect(value).toBeLessThan(1.5 * most);
      }
    }
  });

  it.each([
    ['nuclei', 34],
    ['neurons', 33],
  ] as const)('tells through which aperture %s were seen', (kind, seed) => {
    const through = (share: number): number => {
      const numericalAperture = share * STATED.numericalAperture;
      const stack = stackOf(kind, seed, { numericalAperture, specimenIndex: 1.515 });
      return fitted(stack, 'grains', 48).field.system.numericalAperture;
    };
    expect(through(0.87)).toBeCloseTo(0.87 * 1.4, 6);
    expect(through(1)).toBeCloseTo(1.4, 6);
  });
});
