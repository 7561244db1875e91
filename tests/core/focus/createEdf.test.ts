import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEdf } from '#core/focus/createEdf';
import type { EdfMethod } from '#core/focus/EdfAccumulator';
import { extendedDepthOfField } from '#core/focus/extendedDepthOfField';
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
  ] as const)('%s equals the EPFL plugin in image and height map', (method, name) => {
    const { fused, heightMap } = extendedDepthOfField(planes, { method });
    expect(equalFraction(heightMap.data, uint8Fixture(`edf_${name}_height.raw`))).toBe(1);
    expect(largestDifference(fused.data, float32Fixture(`edf_${name}_comp.raw`))).toBe(0);
    const expected = preprocessingFixtures().edf.find(({ mode }) => mode === name);
    expect(Math.abs(psnrDb(fused.data, truth) - (expected?.psnr ?? 0))).toBeLessThan(0.2);
  });

  it('complexWavelet equals the plugin before reassignment too', () => {
    const { unassigned } = extendedDepthOfField(planes);
    const expected = float32Fixture('edf_complexWavelets14_raw.raw');
    expect(largestDifference(unassigned?.data ?? expected, expected)).toBeLessThanOrEqual(1e-3);
    expect(unassigned).not.toBeNull();
  });

  it('sobel, which counts edges of all directions, comes closer to the truth than the plugin', () => {
    const ours = extendedDepthOfField(planes, { method: 'sobel' });
    const plugin = extendedDepthOfField(planes, { method: 'pluginSobel' });
    expect(psnrDb(ours.fused.data, truth)).toBeGreaterThan(psnrDb(plugin.fused.data, truth));
  });
});

describe('createEdf', () => {
  it.each([
    { x: 10, y: 20, width: 100, height: 80 },
    { x: 0, y: 0, width: 128, height: 96 },
    { x: 0, y: 0, width: 96, height: 128 },
  ])(
    'fuses $width x $height pixels at least as well as the square they were cut from',
    (region) => {
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
      const { fused } = extendedDepthOfField(edfFixtureStack().map(cut));
      expect(psnrDb(fused.data, truth)).toBeGreaterThan(psnrDb(ofSquare.data, truth));
    },
  );

  it('gives the transposed result for transposed planes', () => {
    const transposed = ({ width, height, data }: Plane): Plane =>
      planeOf(height, width, (x, y) => data[x * width + y]);
    const planes = domeScene(90, 50, 6).planes;
    const upright = transposed(extendedDepthOfField(planes).fused).data;
    const turned = extendedDepthOfField(planes.map(transposed)).fused.data;
    const equal = turned.filter((value, i) => value === upright[i]).length;
    expect(equal / turned.length).toBeGreaterThanOrEqual(0.999);
  });

  it.each(SELECTING)('%s takes every value from the plane that the height map names', (method) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 4 }),
        (width, height, count) => {
          const planes = Array.from({ length: count }, (_, z) => noisePlane(width, height, z));
          const { fused, heightMap } = extendedDepthOfField(planes, {
            method,
          });
          fused.data.forEach((value, i) => {
            expect(value).toBe(planes[heightMap.data[i]].data[i]);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(METHODS)('%s of a single plane is that plane', (method) => {
    const plane = noisePlane(7, 5, 1);
    const { fused, heightMap } = extendedDepthOfField([plane], { method });
    expect(fused).toEqual(plane);
    expect(heightMap.data.every((z) => z === 0)).toBe(true);
  });

  it.each(METHODS)('%s names the first plane when all are equal', (method) => {
    const plane = noisePlane(9, 9, 2);
    const { heightMap } = extendedDepthOfField([plane, plane, plane], {
      method,
    });
    expect(heightMap.data.every((z) => z === 0)).toBe(true);
  });

  it('skips the collecting pass when the checks are off', () => {
    const options = { subBandCheck: false, majorityCheck: false };
    expect(createEdf(64, 64, options).passes).toBe(2);
    expect(createEdf(64, 64).passes).toBe(3);
    expect(createEdf(64, 64, { method: 'variance' }).passes).toBe(1);
  });

  it.each([Number.NaN, Infinity, -Infinity])(
    'refuses a plane that holds %d and says where',
    (bad) => {
      const planes = [noisePlane(4, 3, 1), planeOf(4, 3, (x, y) => (x === 2 && y === 1 ? bad : 0))];
      try {
        extendedDepthOfField(planes);
        expect.unreachable();
      } catch (error) {
        if (!isAxialError(error, 'ImpossibleRequestError')) throw error;
        expect(error.details).toEqual({ plane: 1, x: 2, y: 1 });
      }
    },
  );

  it('refuses planes of different sizes and an empty list', () => {
    const unequal: Plane[] = [noisePlane(4, 3, 1), noisePlane(3, 4, 1)];
    const isImpossible = (error: unknown): boolean => isAxialError(error, 'ImpossibleRequestError');
    expect(() => extendedDepthOfField(unequal)).toThrow(/3 x 4/);
    expect(() => extendedDepthOfField(unequal)).toThrow(expect.toSatisfy(isImpossible));
    expect(() => extendedDepthOfField([])).toThrow(expect.toSatisfy(isImpossible));
  });

  it('calls a wrong order of planes or passes a bug', () => {
    const plane = noisePlane(4, 4, 1);
    const edf = createEdf(4, 4, { method: 'variance' });
    expect(() => edf.add(plane, 1)).toThrow(RangeError);
    expect(() => edf.endPass()).toThrow(RangeError);
    expect(() => edf.finish()).toThrow(RangeError);
    edf.add(plane, 0);
    edf.endPass();
    expect(() => edf.add(plane, 0)).toThrow(RangeError);
    const wavelets = createEdf(4, 4);
    wavelets.add(plane, 0);
    wavelets.add(plane, 1);
    wavelets.endPass();
    wavelets.add(plane, 0);
    expect(() => wavelets.endPass()).toThrow(RangeError);
  });

  it('refuses impossible sizes and options', () => {
    expect(() => createEdf(0, 4)).toThrow(RangeError);
    expect(() => createEdf(4, 2.5)).toThrow(RangeError);
    expect(() => createEdf(8, 8, { scales: 4 })).toThrow(RangeError);
    expect(() => createEdf(8, 8, { method: 'variance', windowPx: 4 })).toThrow(RangeError);
  });
});
