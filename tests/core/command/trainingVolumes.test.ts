import { describe, expect, it } from 'vitest';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { trainingVolumes } from '#core/command/steps/trainingVolumes';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';

const [WIDTH, HEIGHT, PLANES] = [96, 64, 9];
/** Two blobs, sharp in planes 2 and 6. */
const BLOBS = [
  { x: 20, y: 30, z: 2 },
  { x: 74, y: 30, z: 6 },
];

function level(x: number, y: number, z: number): number {
  const blobs = BLOBS.map((blob) => {
    const width = 2 + 1.5 * Math.abs(z - blob.z);
    const distance = (x - blob.x) ** 2 + (y - blob.y) ** 2;
    return (8000 / width ** 2) * Math.exp(-distance / (2 * width ** 2));
  });
  return 100 + blobs[0] + blobs[1];
}

function stackOf(noise: number): ImageStack {
  const shape = { t: 1, c: 1, z: PLANES, y: HEIGHT, x: WIDTH };
  const planes = Array.from({ length: PLANES }, (_, z) =>
    Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
      const ripple = noise * Math.sin(12.9 * i + 7.1 * z);
      return level(i % WIDTH, Math.floor(i / WIDTH), z) + ripple;
    }),
  );
  return {
    ...{ name: 'blobs', shape, pixelType: 'float32', calibration: unknownCalibration(1) },
    ...{ history: EMPTY_HISTORY, valueMapping: null, notes: [] },
    source: memoryPlaneSource(shape, planes),
  };
}

const context = () => ({
  signal: new AbortController().signal,
  progress: () => {},
  tasks: inlineTaskRunner(),
});

describe('trainingVolumes', () => {
  it('covers what is bright, finds the plane in focus of each region, and cuts around it', async () => {
    const options = { side: 32, reach: 2 };
    const { regions } = await trainingVolumes(context(), stackOf(1), null, options);
    const middles = BLOBS.map(({ x, y }) => {
      const holding = regions.find(
        ({ region: { left, top } }) => x >= left && x < left + 32 && y >= top && y < top + 32,
      );
      return holding && [holding.middle, holding.firstPlane, holding.measured.length];
    });
    expect(middles).toEqual([
      [2, 0, 5],
      [6, 4, 5],
    ]);
    expect(regions.every(({ measured }) => measured[0].length === 32 * 32)).toBe(true);
  });

  it('brings measured and true planes to one scale: background 0, one per cent above 1', async () => {
    const truth = stackOf(0);
    const { regions, normalisation } = await trainingVolumes(context(), stackOf(1), truth, {
      side: 64,
    });
    const { offset, scale } = normalisation;
    expect(offset).toBeGreaterThan(95);
    expect(offset).toBeLessThan(130);
    for (const { region, truth: planes, firstPlane } of regions) {
      expect(firstPlane).toBe(0);
      const value = level(region.left + 5, region.top + 7, 3);
      expect(planes?.[3][7 * 64 + 5]).toBeCloseTo((value - offset) / scale, 5);
    }
  });

  it('stops when cancelled', async () => {
    const signal = AbortSignal.abort();
    const run = trainingVolumes({ ...context(), signal }, stackOf(1), null);
    await expect(run).rejects.toThrow();
  });
});
