import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendedDepthOfField } from '#core/focus/extendedDepthOfField';
import type { EdfMethod } from '#core/focus/fusePlanes';
import { cropPixels } from '#core/image/cropPixels';
import type { Plane } from '#core/image/Plane';
import { isAxialError } from '#core/util/errors';
import {
  edfFixtureStack,
  float32Fixture,
  preprocessingFixtures,
  uint8Fixture,
} from '#tests/helpers/algorithmFixtures';
import { domeScene } from '#tests/helpers/domeScene';
import { noisePlane, planeOf } from '#tests/helpers/planes';

const SELECTING: EdfMethod[] = ['complexWavelet', 'variance', 'sobel', 'laplacian', 'pluginSobel'];
const METHODS: EdfMethod[] = [...SELECTING, 'focusSurface'];

function psnrDb(data: Float32Array, truth: Float32Array): number {
  const squares = data.reduce((sum, value, i) => sum + (value - truth[i]) ** 2, 0);
  const range = Math.max(...truth) - Math.min(...truth);
  return 10 * Math.log10((range * range * data.length) / squares);
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

/** Fraction of equal heights; the fixtures count planes from 1. */
function equalFraction(heights: Uint16Array, fromOne: Uint8Array): number {
  return heights.filter((height, i) => height + 1 === fromOne[i]).length / heights.length;
}

describe('fusions of the reference scene', () => {
  const planes = edfFixtureStack();
  const truth = float32Fixture('edf_truth.raw');

  it.each([
    ['complexWavelet', 'complexWavelets14'],
    ['variance', 'variance5'],
    ['pluginSobel', 'sobel'],
  ] as const)('%s equals the EPFL plugin in image and height map', async (method, name) => {
    const { fused, heightMap } = await extendedDepthOfField(planes, { method });
    expect(equalFraction(heightMap.data, uint8Fixture(`edf_${name}_height.raw`))).toBe(1);
    expect(largestDifference(fused.data, float32Fixture(`edf_${name}_comp.raw`))).toBe(0);
    const expected = preprocessingFixtures().edf.find(({ mode }) => mode === name);
    expect(Math.abs(psnrDb(fused.data, truth) - (expected?.psnr ?? 0))).toBeLessThan(0.2);
  });

  it('complexWavelet equals the plugin before reassignment too', async () => {
    const { unassigned } = await extendedDepthOfField(planes);
    const expected = float32Fixture('edf_complexWavelets14_raw.raw');
    expect(largestDifference(unassigned?.data ?? expected, expected)).toBeLessThanOrEqual(1e-3);
    expect(unassigned).not.toBeNull();
  });

  it('sobel, which counts edges of all directions, comes closer to the truth than the plugin', async () => {
    const ours = await extendedDepthOfField(planes, { method: 'sobel' });
    const plugin = await extendedDepthOfField(planes, { method: 'pluginSobel' });
    expect(psnrDb(ours.fused.data, truth)).toBeGreaterThan(psnrDb(plugin.fused.data, truth));
  });
});

describe('extendedDepthOfField', () => {
  it.each([
    { x: 10, y: 20, width: 100, height: 80 },
    { x: 0, y: 0, width: 128, height: 96 },
    { x: 0, y: 0, width: 96, height: 128 },
  ])(
    'fuses $width x $height pixels at least as well as the square they were cut from',
    async (region) => {
      const cut = ({ data, ...size }: Plane): Plane => ({
        width: region.width,
        height: region.height,
        data: cropPixels(data, size, region),
      });
      const square = { width: 128, height: 128 };
      const truth = cut({
        ...square,
        data: float32Fixture('edf_truth.raw'),
      }).data;
      const ofSquare = cut({
        ...square,
        data: float32Fixture('edf_complexWavelets14_comp.raw'),
      });
      const { fused } = await extendedDepthOfField(edfFixtureStack().map(cut));
      expect(psnrDb(fused.data, truth)).toBeGreaterThan(psnrDb(ofSquare.data, truth));
    },
  );

  it('gives the transposed result for transposed planes', async () => {
    const transposed = ({ width, height, data }: Plane): Plane =>
      planeOf(height, width, (x, y) => data[x * width + y]);
    const planes = domeScene(90, 50, 6).planes;
    const upright = transposed((await extendedDepthOfField(planes)).fused).data;
    const turned = (await extendedDepthOfField(planes.map(transposed))).fused.data;
    const equal = turned.filter((value, i) => value === upright[i]).length;
    expect(equal / turned.length).toBeGreaterThanOrEqual(0.999);
  });

  it.each(SELECTING)(
    '%s takes every value from the plane that the height map names',
    async (method) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 1, max: 4 }),
          async (width, height, count) => {
            const planes = Array.from({ length: count }, (_, z) => noisePlane(width, height, z));
            const { fused, heightMap } = await extendedDepthOfField(planes, { method });
            fused.data.forEach((value, i) => {
              expect(value).toBe(planes[heightMap.data[i]].data[i]);
            });
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it.each(METHODS)('%s of a single plane is that plane', async (method) => {
    const plane = noisePlane(7, 5, 1);
    const { fused, heightMap } = await extendedDepthOfField([plane], { method });
    expect(fused).toEqual(plane);
    expect(heightMap.data.every((z) => z === 0)).toBe(true);
  });

  it.each(METHODS)('%s names the first plane when all are equal', async (method) => {
    const plane = noisePlane(9, 9, 2);
    const { heightMap } = await extendedDepthOfField([plane, plane, plane], { method });
    expect(heightMap.data.every((z) => z === 0)).toBe(true);
  });

  it.each([Number.NaN, Infinity, -Infinity])(
    'refuses a plane that holds %d and says where',
    async (bad) => {
      const planes = [noisePlane(4, 3, 1), planeOf(4, 3, (x, y) => (x === 2 && y === 1 ? bad : 0))];
      try {
        await extendedDepthOfField(planes);
        expect.unreachable();
      } catch (error) {
        if (!isAxialError(error, 'ImpossibleRequestError')) throw error;
        expect(error.details).toEqual({ plane: 1, x: 2, y: 1 });
      }
    },
  );

  it('refuses planes of different sizes and an empty list', async () => {
    const unequal: Plane[] = [noisePlane(4, 3, 1), noisePlane(3, 4, 1)];
    const isImpossible = expect.toSatisfy((error: unknown) =>
      isAxialError(error, 'ImpossibleRequestError'),
    );
    await expect(extendedDepthOfField(unequal)).rejects.toThrow(/3 x 4/);
    await expect(extendedDepthOfField(unequal)).rejects.toEqual(isImpossible);
    await expect(extendedDepthOfField([])).rejects.toEqual(isImpossible);
  });

  it.each([
    { scales: 4 },
    { method: 'variance', windowPx: 4 },
    { method: 'laplacian', windowPx: 2.5 },
  ] as const)('refuses the impossible options %o', async (options) => {
    await expect(extendedDepthOfField([noisePlane(8, 8, 1)], options)).rejects.toThrow(RangeError);
  });
});
