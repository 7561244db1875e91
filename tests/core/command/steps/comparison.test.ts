import { describe, expect, it } from 'vitest';
import { comparePlanes } from '#core/command/steps/comparePlanes';
import { compareStacks } from '#core/command/steps/compareStacks';
import { comparisonReport } from '#core/command/steps/comparisonReport';
import { givenPlanes } from '#core/command/steps/reconstructionFacts';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';

const SIZE = 200;

/** Two planes of a slanted pattern; `spoil` changes some values. */
function stack(name: string, spoil: (plane: Float32Array, z: number) => void): ImageStack {
  const shape = { t: 1, c: 1, z: 2, y: SIZE, x: SIZE };
  const planes = [0, 1].map((z) => {
    const plane = Float32Array.from({ length: SIZE * SIZE }, (_, i) => 50 * Math.sin(i / 7 + z));
    spoil(plane, z);
    return plane;
  });
  const calibration = unknownCalibration(1);
  const facts = { name, shape, calibration, history: EMPTY_HISTORY, valueMapping: null, notes: [] };
  return { ...facts, pixelType: 'float32', source: memoryPlaneSource(shape, planes) };
}

const truth = stack('truth', () => undefined);
const pairs = [0, 1].map((z) => ({ resultIndex: z, truthIndex: z }));
const context = {
  signal: new AbortController().signal,
  progress: () => undefined,
  tasks: inlineTaskRunner(),
};
const options = {
  ...{ t: 0, c: 0, pairs, given: [], truthZUm: null, dataRange: 100 },
  measured: truth,
};

describe('a comparison', () => {
  it('states every figure for each plane', async () => {
    const result = stack('result', (plane, z) => plane.fill(3 * z, 0, 8000));
    const comparison = await compareStacks(context, result, truth, options);
    const report = comparisonReport(comparison, options, { result, truth });
    const read = async (from: ImageStack) => ({
      width: SIZE,
      height: SIZE,
      data: new Float32Array(await from.source.read({ t: 0, c: 0, z: 1 })),
    });
    const [a, b] = [await read(result), await read(truth)];
    const alone = comparePlanes({ result: a, truth: b, dataRange: 100 });
    const squares = a.data.reduce((sum, value, i) => sum + (value - b.data[i]) ** 2, 0);
    expect(report.planes[1].rmse).toBeCloseTo(Math.sqrt(squares / a.data.length), 6);
    expect(report.planes[1].msSsim).toBe(alone.msSsim);
    expect(alone.msSsim).toBeLessThan(0.99);
  });

  it('refuses a value that is not a number, and says where it is', async () => {
    const broken = stack('broken', (plane, z) => (plane[3 * SIZE + 5] = z === 1 ? NaN : 0));
    await expect(compareStacks(context, broken, truth, options)).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
      message: 'Plane 1 of broken holds a value that is not a finite number, at x = 5, y = 3.',
    });
  });

  it('counts a plane that was named twice once', () => {
    const call = { command: 'reconstruct.recurrentMz', inputs: [], outputs: ['volume'] };
    const params = { inputs: [20, 4, 20, 4] };
    expect(givenPlanes({ calls: [{ ...call, params }], result: 'volume' })).toEqual([4, 20]);
  });
});
