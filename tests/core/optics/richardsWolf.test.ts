import { bestFocus } from '#core/optics/bestFocus';
import { gibsonLanni } from '#core/optics/gibsonLanni';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { richardsWolf } from '#core/optics/richardsWolf';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Fixture {
  NA: number;
  n: number;
  wavelength_um: number;
  r_um: number[];
  z_um: number[];
  intensity: number[][];
}

const FIXTURES = JSON.parse(
  readFileSync(new URL('../../fixtures/algorithms/richardsWolf.json', import.meta.url), 'utf8'),
) as Fixture[];

const OIL: OpticalSystem = {
  numericalAperture: 1.4,
  emissionUm: 0.525,
  immersionIndex: 1.515,
  specimenIndex: 1.515,
};
const DRY: OpticalSystem = {
  numericalAperture: 0.75,
  emissionUm: 0.525,
  immersionIndex: 1,
  specimenIndex: 1,
  coverslipIndex: 1,
  designCoverslipIndex: 1,
};

/** Twice the distance at which a function falls to half, by bisection. */
function fullWidth(intensity: (distance: number) => number, upper: number): number {
  const half = intensity(0) / 2;
  let [low, high] = [0, upper];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (intensity(middle) > half) low = middle;
    else high = middle;
  }
  return 2 * low;
}

describe('richardsWolf', () => {
  it.each(FIXTURES)('agrees with the reference table of NA $NA', (fixture) => {
    const { NA, n, wavelength_um, r_um, z_um } = fixture;
    const system: OpticalSystem = {
      numericalAperture: NA,
      emissionUm: wavelength_um,
      immersionIndex: n,
      specimenIndex: n,
      coverslipIndex: n,
      designCoverslipIndex: n,
    };
    const expected = fixture.intensity.flat();
    const actual = richardsWolf(system, r_um, z_um);
    const scale = Math.max(...expected) / Math.max(...actual);
    const largest = Math.max(...expected);
    for (let i = 0; i < expected.length; i++) {
      expect(Math.abs(actual[i]! * scale - expected[i]!) / largest).toBeLessThan(1e-6);
    }
  });

  // Widths at half maximum, lateral and axial, in nanometres.
  it.each([
    ['63x/1.4 oil', OIL, 212, 512],
    ['63x/1.4 oil at 610 nm', { ...OIL, emissionUm: 0.61 }, 246, 595],
    ['20x/0.75 dry', DRY, 379, 1383],
    ['20x/0.8 dry', { ...DRY, numericalAperture: 0.8 }, 358, 1174],
  ] as const)('is as wide as it should be: %s', (_, system, lateral, axial) => {
    const across = fullWidth((r) => richardsWolf(system, [r], [0])[0]!, 0.6 * system.emissionUm);
    const along = fullWidth((z) => richardsWolf(system, [0], [z])[0]!, 1);
    expect(Math.abs((1000 * across) / lateral - 1)).toBeLessThan(0.005);
    expect(Math.abs((1000 * along) / axial - 1)).toBeLessThan(0.005);
  });

  it('is symmetric in z to 1e-9 when the media match', () => {
    const values = richardsWolf(OIL, [0, 0.2, 0.9], [-1.7, 1.7]);
    for (let r = 0; r < 3; r++) {
      expect(Math.abs(values[r]! - values[3 + r]!)).toBeLessThan(
        1e-9 * richardsWolf(OIL, [0], [0])[0]!,
      );
    }
  });

  it('is the scalar function where rays are hardly inclined', () => {
    const flat: OpticalSystem = { ...DRY, numericalAperture: 0.1 };
    const radii = [0, 1, 2, 4];
    const vector = richardsWolf(flat, radii, [0, 20]);
    const scalar = gibsonLanni(flat, radii, [0, 20]);
    for (let i = 0; i < vector.length; i++) {
      expect(Math.abs(vector[i]! / vector[0]! - scalar[i]! / scalar[0]!)).toBeLessThan(2e-3);
    }
  });

  it('has its focus about where the scalar function has it under index mismatch', () => {
    const water: OpticalSystem = { ...OIL, specimenIndex: 1.38 };
    const focusUm = bestFocus(water, 5);
    const stage = Array.from({ length: 81 }, (_, i) => focusUm + (i - 40) * 0.05);
    const axis = richardsWolf(water, [0], stage, { depthUm: 5 });
    expect(Math.abs(stage[axis.indexOf(Math.max(...axis))]! - focusUm)).toBeLessThan(0.4);
  });

  it('refuses an aperture above the immersion index', () => {
    expect(() => richardsWolf({ ...OIL, numericalAperture: 1.6 }, [0], [0])).toThrow(RangeError);
  });
});
