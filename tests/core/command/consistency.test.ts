import { describe, expect, it } from 'vitest';
import type { CommandContext } from '#core/command/CommandContext';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { commands } from '#core/command/commands';
import { simulationParams } from '#core/command/declarations/simulationParams';
import { runCommand } from '#core/command/runCommand';
import { consistencyPlaces } from '#core/command/steps/consistencyPlaces';
import { simulationOptions } from '#core/command/steps/simulationOptions';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { simulateStack } from '#core/optics/simulateStack';
import { interpolatePlanes } from '#core/reconstruct/interpolatePlanes';

const SIDE = 40;

function stackOf(planes: readonly Float32Array<ArrayBuffer>[], zStepUm: number): ImageStack {
  const shape = { t: 1, c: 1, z: planes.length, y: SIDE, x: SIDE };
  return {
    ...{ name: 'a', shape, pixelType: 'float32', history: EMPTY_HISTORY },
    calibration: {
      ...unknownCalibration(1),
      pixelSizeUm: { x: 0.1, y: 0.1, z: zStepUm },
      channels: [{ name: null, excitationNm: null, emissionNm: 461 }],
      objective: { numericalAperture: 1.4, magnification: 63, immersionIndex: 1.515 },
    },
    ...{ valueMapping: null, notes: [], source: memoryPlaneSource(shape, planes) },
  };
}

async function check(volume: ImageStack, measured: ImageStack, given?: number[]) {
  const context = {
    signal: new AbortController().signal,
    progress: () => undefined,
    note: () => undefined,
    tasks: inlineTaskRunner(),
  } as unknown as CommandContext;
  const command = commands.get('compare.consistency');
  if (!command) throw new RangeError();
  const params = given ? { given } : {};
  return runCommand(command, context, { inputs: { volume, measured }, params });
}

describe('the consistency of a volume', () => {
  it('is better for the truth than for interpolation', async () => {
    const options = simulationOptions(
      simulationParams.parse({ seed: 11, width: SIDE, height: SIDE, planes: 33 }),
    );
    const { clean, noisy } = simulateStack(options);
    const measured = noisy.map((plane) => Float32Array.from(plane));
    const zUm = clean.map((_, z) => z * options.zStepUm);
    const given = [0, 16, 32];
    const interpolated = (method: 'nearest' | 'linear') =>
      zUm.map((z) =>
        interpolatePlanes(
          given.map((i) => measured[i]),
          given.map((i) => zUm[i]),
          z,
          method,
        ),
      );
    const figure = async (planes: readonly Float32Array<ArrayBuffer>[]): Promise<number> => {
      const volume = stackOf(planes, options.zStepUm);
      const { report } = await check(volume, stackOf(measured, options.zStepUm), given);
      return Number(report?.['figure']);
    };
    const truth = await figure(clean);
    const linear = await figure(interpolated('linear'));
    expect(truth).toBeLessThan(0.6 * linear);
    expect(await figure(interpolated('nearest'))).toBeGreaterThan(linear);
    // A perfect volume, but of something else.
    expect(await figure(clean.toReversed())).toBeGreaterThan(1.5 * truth);
  }, 120_000);

  it('maps the disagreement at the inputs and between them', async () => {
    const planes = Array.from({ length: 9 }, (_, z) =>
      Float32Array.from(
        { length: SIDE * SIDE },
        (_unused, i) => 100 + 50 * Math.sin((i % SIDE) / 3 + z) * Math.cos(i / SIDE / 5),
      ),
    );
    const stack = stackOf(planes, 0.2);
    const { stacks = {}, report } = await check(stack, stack, [8, 0]);
    expect(stacks['map'].shape).toEqual({ t: 1, c: 1, z: 5, y: SIDE, x: SIDE });
    expect(stacks['map'].calibration.pixelSizeUm.z).toBe(0.4);
    expect(report?.['planes']).toHaveLength(7);
  });

  it('asks for what it has to know', async () => {
    const stack = stackOf([new Float32Array(SIDE * SIDE)], 0.2);
    await expect(check(stack, stack)).rejects.toThrow('does not say which planes');
    await expect(check(stack, stack, [3])).rejects.toThrow('There is no plane 3');
    const { calibration } = stack;
    const unsized = {
      ...stack,
      calibration: { ...calibration, pixelSizeUm: { x: null, y: null, z: 0.2 } },
    };
    await expect(check(unsized, unsized, [0])).rejects.toThrow('does not state its pixel size');
  });

  it('is perfect for a plane without structure', async () => {
    const stack = stackOf([new Float32Array(SIDE * SIDE)], 0.2);
    expect((await check(stack, stack, [0])).report?.['figure']).toBe(0);
  });
});

describe('consistencyPlaces', () => {
  it('are the inputs, and the volume there and at the quarters between them, each once', () => {
    const zUm = [0, 1, 2, 3, 4];
    const places = consistencyPlaces([4, 0], zUm, zUm);
    expect(places.filter(({ of }) => of === 'measured').map(({ plane }) => plane)).toEqual([0, 4]);
    expect(places.filter(({ of }) => of === 'volume').map(({ plane }) => plane)).toEqual(zUm);
    expect(consistencyPlaces([0, 1], zUm, zUm)).toHaveLength(4);
  });
});
