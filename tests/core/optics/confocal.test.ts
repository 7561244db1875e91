import { gaussLegendre } from '#core/optics/gaussLegendre';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { psfTable } from '#core/optics/psfTable';
import { throughPinhole } from '#core/optics/throughPinhole';
import { transferTable } from '#core/optics/transferTable';
import { describe, expect, it } from 'vitest';

const SYSTEM: OpticalSystem = {
  numericalAperture: 1.2,
  emissionUm: 0.52,
  immersionIndex: 1.515,
  specimenIndex: 1.515,
};
const RADII = gaussLegendre(160, 0, 8);
const PLANES = Float64Array.of(0, 1, 2);

describe('a confocal point-spread function', () => {
  const wide = psfTable({ system: SYSTEM }, RADII, PLANES);
  const excitation = psfTable({ system: { ...SYSTEM, emissionUm: 0.488 } }, RADII, PLANES);
  const confocal = (pinholeAiry: number): Float64Array =>
    psfTable({ system: SYSTEM, confocal: { pinholeAiry, excitationUm: 0.488 } }, RADII, PLANES);

  it('is excitation times emission when the pinhole is a point', () => {
    const point = confocal(1e-6);
    const peak = Math.max(...wide) * Math.max(...excitation);
    for (let i = 0; i < point.length; i++) {
      expect(Math.abs(point[i]! - wide[i]! * excitation[i]!)).toBeLessThan(2e-3 * peak);
    }
  });

  it('is the excitation alone when the pinhole takes all light in focus', () => {
    const open = confocal(10);
    const axis = [0, 20, 40].map((r) => open[r]! / excitation[r]!);
    expect(axis[1]! / axis[0]!).toBeCloseTo(1, 1.7);
  });

  it('lets less and less light pass from out of focus, the smaller the pinhole', () => {
    const kept = [3, 1, 0.3].map((pinholeAiry) => {
      const { values, frequencyCount } = transferTable(
        { system: SYSTEM, confocal: { pinholeAiry, excitationUm: 0.488 } },
        { from: 0, to: 4, stepUm: 0.5 },
        30,
      );
      return values[4 * frequencyCount]!;
    });
    expect(kept[0]!).toBeLessThan(0.5);
    expect(kept[1]!).toBeLessThan(kept[0]!);
    expect(kept[2]!).toBeLessThan(kept[1]!);
  });
});

describe('throughPinhole', () => {
  it('means a Gaussian spot over a disc', () => {
    const sigma = 0.4;
    const spot = RADII.nodes.map((r) => Math.exp((-r * r) / (2 * sigma * sigma)));
    const radiusUm = 0.5;
    const through = throughPinhole(spot, RADII, radiusUm, 3);
    // On the axis: mean of the Gaussian over the disc, in closed form.
    const square = radiusUm ** 2 / (2 * sigma ** 2);
    expect(through[0]).toBeCloseTo((1 - Math.exp(-square)) / square, 3);
  });
});
