import { describe, expect, it } from 'vitest';
import { extendedDepthOfField } from '#core/focus/extendedDepthOfField';
import type { EdfResult } from '#core/focus/EdfResult';
import type { EdfMethod } from '#core/focus/fusePlanes';
import { heightsOf } from '#core/focus/heightsOf';
import type { Plane } from '#core/image/Plane';
import { edfFixtureStack, float32Fixture } from '#tests/helpers/algorithmFixtures';
import { domeScene } from '#tests/helpers/domeScene';
import { normalDeviates, noisePlane, planeOf } from '#tests/helpers/planes';

const OTHERS: EdfMethod[] = ['complexWavelet', 'variance', 'sobel', 'laplacian'];

function psnrDb(data: Float32Array, truth: Float32Array): number {
  const squares = data.reduce((sum, value, i) => sum + (value - truth[i]) ** 2, 0);
  const range = Math.max(...truth) - Math.min(...truth);
  return 10 * Math.log10((range * range * data.length) / squares);
}

function meanError(data: ArrayLike<number>, truth: Float32Array): number {
  return truth.reduce((sum, value, i) => sum + Math.abs(data[i] - value), 0) / truth.length;
}

function withNoise(planes: readonly Plane[], sigma: number): Plane[] {
  const normal = normalDeviates(5);
  return planes.map(({ width, height, data }) => ({
    width,
    height,
    data: data.map((value) => value + sigma * normal()),
  }));
}

/** Bright discs on a dark ground, on a tilted plane: most pixels have no detail of their own. */
function tiltedSpots(planeCount: number): { planes: Plane[]; truth: Plane; depth: Plane } {
  const [width, height] = [120, 90];
  const depth = planeOf(width, height, (x) => 1 + ((planeCount - 3) * x) / width);
  const planeAt = (z: number | null): Plane =>
    planeOf(width, height, (x, y) => {
      let sum = 100;
      for (let cy = 12; cy < height; cy += 22) {
        for (let cx = 10 + (cy % 4); cx < width; cx += 20) {
          const defocus = z === null ? 0 : 0.8 * (z - depth.data[cx]);
          const variance = 4 + defocus * defocus;
          sum += (8000 / variance) * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * variance));
        }
      }
      return sum;
    });
  const planes = Array.from({ length: planeCount }, (_, z) => planeAt(z));
  return { planes, truth: planeAt(null), depth };
}

async function expectClosest(
  ours: EdfResult,
  planes: Plane[],
  truth: Plane,
  depth: Plane,
): Promise<void> {
  const image = psnrDb(ours.fused.data, truth.data);
  const error = meanError(heightsOf(ours).data, depth.data);
  for (const method of OTHERS) {
    const other = await extendedDepthOfField(planes, { method });
    expect(image).toBeGreaterThan(psnrDb(other.fused.data, truth.data));
    expect(error).toBeLessThan(meanError(other.heightMap.data, depth.data));
  }
}

describe('the method focusSurface', () => {
  it.each([0, 20])(
    'is closer to a textured dome than every other method, noise of %d',
    async (sigma) => {
      const { planes, truth, depth } = domeScene(120, 90, 9);
      const seen = withNoise(planes, sigma);
      await expectClosest(
        await extendedDepthOfField(seen, { method: 'focusSurface' }),
        seen,
        truth,
        depth,
      );
    },
  );

  it('is closer to the reference scene than the EPFL plugin, and far between the planes', async () => {
    const ours = await extendedDepthOfField(edfFixtureStack(), { method: 'focusSurface' });
    const truth = float32Fixture('edf_truth.raw');
    const plugin = float32Fixture('edf_variance5_comp.raw');
    expect(psnrDb(ours.fused.data, truth)).toBeGreaterThan(psnrDb(plugin, truth));
    expect(meanError(heightsOf(ours).data, float32Fixture('edf_depth.raw'))).toBeLessThan(0.1);
  });

  it.each([0, 10])('spans the dark between bright spots, noise of %d', async (sigma) => {
    const { planes, truth, depth } = tiltedSpots(9);
    const seen = withNoise(planes, sigma);
    await expectClosest(
      await extendedDepthOfField(seen, { method: 'focusSurface' }),
      seen,
      truth,
      depth,
    );
  });

  it('averages noise away where planes agree', async () => {
    const truth = planeOf(64, 64, () => 500);
    const seen = withNoise([truth, truth, truth, truth, truth, truth], 10);
    const { fused } = await extendedDepthOfField(seen, { method: 'focusSurface' });
    const squares = fused.data.reduce((sum, value) => sum + (value - 500) ** 2, 0);
    expect(Math.sqrt(squares / fused.data.length)).toBeLessThan(10 * 0.75);
  });

  it('scales with the values and ignores an offset', async () => {
    const planes = domeScene(60, 40, 6).planes;
    const changed = planes.map((plane) => ({
      ...plane,
      data: plane.data.map((value) => 0.25 * value + 3000),
    }));
    const plain = await extendedDepthOfField(planes, { method: 'focusSurface' });
    const scaled = await extendedDepthOfField(changed, { method: 'focusSurface' });
    expect(meanError(heightsOf(scaled).data, heightsOf(plain).data)).toBeLessThan(0.005);
    const expected = plain.fused.data.map((value) => 0.25 * value + 3000);
    expect(psnrDb(scaled.fused.data, expected)).toBeGreaterThan(70);
  });

  it.each([
    [1, 1, 1],
    [1, 1, 3],
    [1, 17, 4],
    [23, 1, 2],
    [2, 3, 5],
  ])('handles %d x %d pixels and %d planes', async (width, height, count) => {
    const planes = Array.from({ length: count }, (_, z) => noisePlane(width, height, z));
    const { fused, surface, heightMap } = await extendedDepthOfField(planes, {
      method: 'focusSurface',
    });
    expect(fused.data.every(Number.isFinite)).toBe(true);
    expect(surface?.data.every((z) => z >= 0 && z <= count - 1)).toBe(true);
    expect(heightMap.data.every((z) => z < count)).toBe(true);
  });

  it('gives constant planes back', async () => {
    const plane = planeOf(9, 7, () => 42);
    const { fused } = await extendedDepthOfField([plane, plane, plane], { method: 'focusSurface' });
    fused.data.forEach((value) => expect(value).toBeCloseTo(42, 4));
  });
});
