import { bestFocus } from '#core/optics/bestFocus';
import { gibsonLanni } from '#core/optics/gibsonLanni';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface PsfFixture {
  config: string;
  params: { [name: string]: number };
  wavelength_um: number;
  pz_um: number;
  r_um: number[];
  z_um: number[];
  intensity_unnormalised: number[][];
}

const FIXTURES = JSON.parse(
  readFileSync(new URL('../../fixtures/algorithms/psf.json', import.meta.url), 'utf8'),
) as PsfFixture[];

const OIL: OpticalSystem = {
  numericalAperture: 1.4,
  emissionUm: 0.525,
  immersionIndex: 1.515,
  specimenIndex: 1.515,
};
const OIL_TO_WATER: OpticalSystem = { ...OIL, specimenIndex: 1.33 };
const DRY: OpticalSystem = {
  numericalAperture: 0.75,
  emissionUm: 0.525,
  immersionIndex: 1,
  specimenIndex: 1.33,
  workingDistanceUm: 1000,
};

function fixtureSystem(fixture: PsfFixture): OpticalSystem {
  const { NA, ni, ni0, ns, ng, ng0, tg, tg0, ti0 } = fixture.params;
  return {
    numericalAperture: NA!,
    emissionUm: fixture.wavelength_um,
    immersionIndex: ni!,
    designImmersionIndex: ni0,
    specimenIndex: ns!,
    coverslipIndex: ng,
    designCoverslipIndex: ng0,
    coverslipUm: tg,
    designCoverslipUm: tg0,
    workingDistanceUm: ti0,
  };
}

/** Where a falling function passes half of its value at 0, by bisection. */
function halfWidth(intensity: (distance: number) => number, upper: number): number {
  const half = intensity(0) / 2;
  let low = 0;
  let high = upper;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (intensity(middle) > half) low = middle;
    else high = middle;
  }
  return low;
}

function lateralFwhmNm(system: OpticalSystem, depthUm = 0): number {
  const focusUm = bestFocus(system, depthUm);
  return (
    2000 *
    halfWidth((r) => gibsonLanni(system, [r], [focusUm], { depthUm })[0]!, 0.6 * system.emissionUm)
  );
}

function axialFwhmNm(system: OpticalSystem, depthUm = 0): number {
  const focusUm = bestFocus(system, depthUm);
  const side = (sign: number): number =>
    halfWidth((z) => gibsonLanni(system, [0], [focusUm + sign * z], { depthUm })[0]!, 1);
  return 1000 * (side(1) + side(-1));
}

describe('gibsonLanni', () => {
  it.each(FIXTURES)('agrees with the reference table $config at depth $pz_um', (fixture) => {
    const expected = fixture.intensity_unnormalised.flat();
    const { r_um, z_um, pz_um } = fixture;
    const actual = gibsonLanni(fixtureSystem(fixture), r_um, z_um, { depthUm: pz_um });
    const largest = Math.max(...expected);
    let worst = 0;
    for (let i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!) / largest);
    }
    expect(worst).toBeLessThan(1e-6);
  });

  it('is symmetric in z to 1e-9 when the media match', () => {
    const zUm = Array.from({ length: 41 }, (_, i) => (i - 20) * 0.15);
    const rUm = [0, 0.1, 0.4, 1.3];
    const values = gibsonLanni(OIL, rUm, zUm);
    for (let z = 0; z < zUm.length; z++) {
      for (let r = 0; r < rUm.length; r++) {
        const mirrored = values[(zUm.length - 1 - z) * rUm.length + r]!;
        expect(Math.abs(values[z * rUm.length + r]! - mirrored)).toBeLessThan(1e-9 * 0.25);
      }
    }
  });

  // Focus position and widths by Simpson's rule with 40 000 nodes and scipy's Bessel function.
  it.each([
    ['63x/1.4 oil', OIL, 0, 0, 192.936, 517.029],
    ['63x/1.4 oil at 610 nm', { ...OIL, emissionUm: 0.61 }, 0, 0, 224.174, 600.738],
    ['oil into water', OIL_TO_WATER, 0, 0, 203.091, 603.649],
    ['oil into water, 1 um deep', OIL_TO_WATER, 1, -1.37094, 208.551, 666.503],
    ['oil into water, 5 um deep', OIL_TO_WATER, 5, -6.29124, 237.069, 1019.802],
    ['20x/0.75 dry', DRY, 0, 0, 360.148, 1384.86],
    ['20x/0.8 dry', { ...DRY, numericalAperture: 0.8 }, 0, 0, 337.639, 1176.983],
  ] as const)(
    'has the focus and the widths at half maximum of %s',
    (_, system, depthUm, focusUm, lateralNm, axialNm) => {
      expect(bestFocus(system, depthUm)).toBeCloseTo(focusUm, 4);
      expect(Math.abs(lateralFwhmNm(system, depthUm) / lateralNm - 1)).toBeLessThan(1e-4);
      expect(Math.abs(axialFwhmNm(system, depthUm) / axialNm - 1)).toBeLessThan(1e-4);
    },
  );

  it.each([
    ['oil', OIL, 2, 0.001],
    ['dry', DRY, 6, 0.003],
  ] as const)(
    'keeps the energy in a disc of 12 um from plane to plane (%s)',
    (_, system, zMaxUm, limit) => {
      const stepUm = 0.0025;
      const rUm = Array.from({ length: 4800 }, (__, i) => (i + 0.5) * stepUm);
      const zUm = [0, 0.5, 1].map((share) => share * zMaxUm);
      const values = gibsonLanni(system, rUm, zUm);
      const energies = zUm.map((__, z) =>
        rUm.reduce((sum, r, i) => sum + r * values[z * rUm.length + i]!, 0),
      );
      for (const energy of energies) {
        expect(Math.abs(energy / energies[0]! - 1)).toBeLessThan(limit);
      }
    },
  );

  it('uses enough nodes: twice as many change nothing, far out and out of focus too', () => {
    const rUm = [0, 3, 20];
    const zUm = [-16, 0, 16];
    const few = gibsonLanni(OIL_TO_WATER, rUm, zUm, { depthUm: 10 });
    const many = gibsonLanni(OIL_TO_WATER, rUm, zUm, { depthUm: 10, nodes: 1500 });
    for (let i = 0; i < few.length; i++) {
      expect(Math.abs(few[i]! - many[i]!)).toBeLessThan(1e-9 * 0.25);
    }
  });

  it.each([
    { numericalAperture: 0 },
    { numericalAperture: 1.515 },
    { numericalAperture: NaN },
    { emissionUm: -1 },
    { specimenIndex: 0.9 },
    { immersionIndex: NaN },
  ])('refuses %o', (change) => {
    expect(() => gibsonLanni({ ...OIL, ...change }, [0], [0])).toThrow(RangeError);
  });
});

describe('bestFocus', () => {
  it('is where a matched emitter lies', () => {
    expect(bestFocus(OIL, 0)).toBeCloseTo(0, 6);
    expect(bestFocus(OIL, 3)).toBeCloseTo(-3, 6);
  });

  it.each([
    [1, -1.36],
    [5, -6.3],
    [10, -12.3],
  ])('follows index mismatch at %d um', (depthUm, stageUm) => {
    expect(Math.abs(bestFocus(OIL_TO_WATER, depthUm) - stageUm)).toBeLessThan(0.06);
  });
});
