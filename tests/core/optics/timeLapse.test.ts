import type { Bead } from '#core/optics/beads';
import { beadsAt } from '#core/optics/beadsAt';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { simulateStack } from '#core/optics/simulateStack';
import { specimenOf } from '#core/optics/specimenOf';
import { stageShifts } from '#core/optics/stageShifts';
import { usualSpecimen } from '#core/optics/usualSpecimen';
import type { VoxelGrid } from '#core/optics/VoxelGrid';
import { describe, expect, it } from 'vitest';

const BOX = [12, 10, 8] as const;

/** Beads on a line, none in the same place. */
const BEADS: readonly Bead[] = Array.from({ length: 4000 }, (_, i) => ({
  placeUm: [(12 * i) / 4000, 5, 4],
  diameterUm: 0.1,
  light: 1 + i,
}));

describe('beads at a time point', () => {
  it('are the same at the first, and whenever nothing moves them', () => {
    expect(beadsAt(1, BEADS, { index: 0, walkUm: 1, blinking: 1, motionUm: [1, 1] }, BOX)).toBe(
      BEADS,
    );
    expect(beadsAt(1, BEADS, { index: 7 }, BOX)).toEqual(BEADS);
  });

  it('move together, and come in again on the other side', () => {
    const moved = beadsAt(1, BEADS, { index: 5, motionUm: [0.5, -0.25] }, BOX);
    moved.forEach(({ placeUm: [x, y, z] }, i) => {
      expect(x).toBeCloseTo((BEADS[i]!.placeUm[0] + 2.5) % 12, 9);
      expect([y, z]).toEqual([3.75, 4]);
    });
  });

  it('walk on their own, as far as a random walk does', () => {
    const walked = beadsAt(2, BEADS, { index: 9, walkUm: 0.1 }, BOX);
    for (const axis of [1, 2] as const) {
      const steps = walked.map(({ placeUm }, i) => placeUm[axis] - BEADS[i]!.placeUm[axis]);
      const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
      const variance = steps.reduce((sum, step) => sum + step ** 2, 0) / steps.length;
      // Five standard errors of 4000 walks of 9 steps of 0.1 um.
      expect(Math.abs(mean)).toBeLessThan((5 * 0.3) / Math.sqrt(4000));
      expect(Math.abs(variance / 0.09 - 1)).toBeLessThan(5 * Math.sqrt(2 / 4000));
    }
  });

  it('go on from where they were', () => {
    const before = beadsAt(2, BEADS, { index: 3, walkUm: 0.02 }, BOX);
    const after = beadsAt(2, BEADS, { index: 4, walkUm: 0.02 }, BOX);
    const longest = Math.max(
      ...after.map(({ placeUm }, i) => Math.abs(placeUm[1] - before[i]!.placeUm[1])),
    );
    // The largest of 4000 single steps; of 7 steps together it would be over 0.15 um.
    expect(longest).toBeLessThan(0.1);
    expect(longest).toBeGreaterThan(0.05);
  });

  it('are dark in the stated share, others each time', () => {
    const dark = [1, 2].map((index) => {
      const shining = new Set(
        beadsAt(3, BEADS, { index, blinking: 0.3 }, BOX).map(({ light }) => light),
      );
      return BEADS.map(({ light }) => !shining.has(light));
    });
    const share = (of: readonly boolean[]): number => of.filter(Boolean).length / 4000;
    const error = 5 * Math.sqrt((0.3 * 0.7) / 4000);
    expect(Math.abs(share(dark[0]!) - 0.3)).toBeLessThan(error);
    expect(Math.abs(share(dark[1]!) - 0.3)).toBeLessThan(error);
    const both = share(dark[0]!.map((isDark, i) => isDark && dark[1]![i]!));
    expect(Math.abs(both - 0.09)).toBeLessThan(5 * Math.sqrt((0.09 * 0.91) / 4000));
  });
});

describe('a specimen at a time point', () => {
  const grid: VoxelGrid = {
    width: 60,
    height: 50,
    planes: 8,
    voxelUm: [0.1, 0.1, 0.2],
    originUm: [3, 2, 3],
  };

  it.each(['nuclei', 'mitochondria', 'mixture'] as const)('moves as a whole: %s', (kind) => {
    const paint = (index: number): Float32Array[] => {
      const planes = Array.from({ length: 8 }, () => new Float32Array(60 * 50));
      const moment = { index, motionUm: [0.2, -0.1] as const };
      specimenOf(3, usualSpecimen(kind), BOX, moment).paint(planes, grid);
      return planes;
    };
    const [before, after] = [paint(0), paint(3)];
    let light = 0;
    for (let z = 0; z < 8; z++) {
      for (let y = 5; y < 40; y++) {
        for (let x = 10; x < 50; x++) {
          const there = before[z]![y * 60 + x]!;
          light += there;
          expect(Math.abs(after[z]![(y - 3) * 60 + x + 6]! - there)).toBeLessThan(
            1e-3 + 1e-3 * Math.abs(there),
          );
        }
      }
    }
    expect(light).toBeGreaterThan(0);
  });
});

describe('a stack at a time point', () => {
  const options: SimulationOptions = {
    seed: 4,
    width: 24,
    height: 20,
    planes: 3,
    pixelSizeUm: 0.12,
    zStepUm: 0.3,
    system: { numericalAperture: 1.4, emissionUm: 0.5, immersionIndex: 1.515, specimenIndex: 1.45 },
    specimen: { kind: 'nuclei', radiusUm: 1.2, filling: 0.2 },
    light: { photons: 300 },
    stage: { jitterUm: 0.1 },
    sampling: 'camera',
    marginUm: 1.5,
    zMarginUm: 0.9,
  };

  it('has noise and stage of its own, and is the first one by default', () => {
    const still = { ...options, stage: {} };
    const at = (index: number) => simulateStack({ ...still, moment: { index } });
    const [first, second] = [at(0), at(1)];
    expect(first.noisy).toEqual(simulateStack(still).noisy);
    expect(second.clean).toEqual(first.clean);
    second.noisy.forEach((plane, z) => {
      for (const other of first.noisy) expect(plane).not.toEqual(other);
      expect(plane).not.toEqual(first.clean[z]);
    });
    expect(stageShifts({ ...options, moment: { index: 0 } })).toEqual(stageShifts(options));
    expect(stageShifts({ ...options, moment: { index: 1 } })).not.toEqual(stageShifts(options));
  });
});
